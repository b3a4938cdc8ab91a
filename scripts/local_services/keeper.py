"""The process that starts the services, and stops them when whoever wanted them is gone.

It is a process of its own, in its own session, so that neither Ctrl-C nor `kill -9` of a test
run leaves a server behind: it sees the end of a pipe that only the run holds open.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .catalogue import obtain
from .processes import Servers

ANSWER = "services.json"
STOP = "stop"


def keep(folder: Path, names: Sequence[str]) -> None:
    """Start the named services, write their variables to folder, and wait for the end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    threading.Thread(target=_end_with_owner, args=[folder], daemon=True).start()
    servers = Servers(folder)
    try:
        _publish(folder, _start(names, servers))
        while True:
            signal.pause()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        servers.stop()


def _start(names: Sequence[str], servers: Servers) -> dict[str, str]:
    """Start all at once, since Elasticsearch alone takes longer than the others together."""
    variables: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda name=name: variables.update(obtain(name, servers)))
        for name in names
    ]
    for thread in threads:
        thread.daemon = True
        thread.start()
    for thread in threads:
        thread.join()
    return variables


def _publish(folder: Path, variables: dict[str, str]) -> None:
    unfinished = folder / f"{ANSWER}.new"
    unfinished.write_text(json.dumps(variables))
    unfinished.rename(folder / ANSWER)


def _end_with_owner(folder: Path) -> None:
    """Wait for the end of the owner's pipe: `run` holds our standard input, `stop` opens a FIFO."""
    fifo = folder / STOP
    descriptor = os.open(fifo, os.O_RDONLY) if fifo.exists() else sys.stdin.fileno()
    while os.read(descriptor, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
