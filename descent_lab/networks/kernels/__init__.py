"""Backpropagation for all racers at once, compiled."""
