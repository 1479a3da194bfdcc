"""All benchmarks, one after the other: `python -m benchmarks`."""

import subprocess
import sys

PARTS = (
    "engine",
    "session",
    "regression",
    "network",
    "search",
    "formulas",
    "tables",
    "page",
    "page_regression",
    "load",
    "load_formulas",
    "load_network",
    "load_heavy",
    "page_heavy",
)


def main() -> None:
    failed: list[str] = []
    for part in PARTS:
        print(f"\n== {part} ==", flush=True)
        # A process each: none inherits the caches, the threads or the memory of the one before.
        if subprocess.run([sys.executable, "-m", f"benchmarks.{part}"]).returncode:
            failed.append(part)
    if failed:
        sys.exit(f"These did not run through: {', '.join(failed)}")


if __name__ == "__main__":
    main()
