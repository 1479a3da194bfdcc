"""The engine: everything that computes, and nothing of the web."""
