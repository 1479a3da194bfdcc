"""Descent Lab: see how optimizers train."""

__version__ = "0.1.0"
