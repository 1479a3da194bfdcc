"""Questions, each one function from a request to its answer."""
