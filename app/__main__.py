"""`python -m app`, in the source tree, is the same as `descent-lab`."""

from descent_lab.cli.start import start

start()
