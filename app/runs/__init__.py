"""Runs as their clients go along with them: computed as far as somebody wants them, and told in frames."""
