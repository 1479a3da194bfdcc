"""What a run is a pure function of: setups, and their limits."""
