"""Where `descent-lab` begins and ends, without letting anybody wait."""

import gc
import os
import sys


def start() -> None:
    """Run the command line, and leave at once when it is done."""
    # Imports make a hundred thousand objects that stay: looking through them again and again finds nothing.
    gc.set_threshold(100_000, 50, 100)
    from descent_lab.cli.main import main

    try:
        main()
    except SystemExit as end:
        if "uvicorn" in sys.modules:  # a server has more to put away
            raise
        leave(end.code if isinstance(end.code, int) else int(end.code is not None))


def leave(status: int) -> None:
    """End this process with what it has written, but without tidying up: taking compiled code and libraries apart
    would take longer than a short race."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none once its reader has gone
            try:
                stream.flush()
            except BrokenPipeError:
                continue
    os._exit(status)
