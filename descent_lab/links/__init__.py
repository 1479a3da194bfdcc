"""Setups as readable text, and back: the grammar of links, what they leave out, and what they open."""
