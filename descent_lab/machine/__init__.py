"""The loop over blocks of lanes, and the compiled kernels that it calls."""
