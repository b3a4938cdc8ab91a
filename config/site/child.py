"""Runs a script as a child of the supervisor: `python -m config.site.child FD SECONDS SCRIPT`.

FD is the reading end of a pipe whose writing end only the supervisor holds. When that closes, the
supervisor is gone, by whatever death, and the child drains and ends within SECONDS.
"""

import ctypes
import os
import runpy
import select
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1


def main() -> None:
    lifeline, seconds = int(sys.argv[1]), float(sys.argv[2])
    sys.argv = sys.argv[3:]
    # Ctrl-C is the supervisor's business; it says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    is_told = is_told_by_linux(lifeline)
    threading.Thread(target=end_with, args=(lifeline, is_told, seconds), daemon=True).start()
    runpy.run_path(sys.argv[0], run_name="__main__")


def is_told_by_linux(lifeline: int) -> bool:
    """Ask Linux for SIGTERM when the supervisor dies; it comes even while Python is busy."""
    if sys.platform != "linux":
        return False
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    is_already_dead = bool(select.select([lifeline], [], [], 0)[0])
    return not is_already_dead


def end_with(lifeline: int, is_told: bool, seconds: float) -> None:
    """Wait until lifeline closes, then see to it that this process ends within seconds."""
    os.read(lifeline, 1)
    if not is_told:
        os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(seconds)
    os._exit(1)


if __name__ == "__main__":
    main()
