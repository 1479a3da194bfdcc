"""One sample there and back, one weight, one step."""
