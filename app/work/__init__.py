"""Threads that work, and slots for those who wait."""
