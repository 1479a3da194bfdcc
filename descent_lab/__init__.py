"""Descent Lab: the mathematics of descent, and nothing of the web."""

__version__ = "0.1.0"
