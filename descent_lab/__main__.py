"""`python -m descent_lab` is the same as `descent-lab`."""

from descent_lab.cli.start import start

start()
