"""What a run is a pure function of: setups, their limits and their links."""
