"""The web: pages, API and stream. It parses, calls the engine and returns; it does no sums."""
