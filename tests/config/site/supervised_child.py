"""Appends its process id to a file and then lives as told: supervised_child.py FILE MANNER."""

import os
import signal
import sys
import time
from pathlib import Path


def main() -> None:
    path, manner = Path(sys.argv[1]), sys.argv[2]

    def drain(*_: object) -> None:
        path.with_suffix(".drained").touch()
        sys.exit(0)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if manner == "stubborn" else drain)
    with path.open("a") as file:
        file.write(f"{os.getpid()}\n")
    while manner != "dies":
        time.sleep(60)


if __name__ == "__main__":
    main()
