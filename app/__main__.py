"""`python -m app` is the same as `descent-lab`."""

from app.cli import main

main()
