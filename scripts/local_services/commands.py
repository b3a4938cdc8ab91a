"""The commands of `scripts/services`."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .catalogue import SERVICES
from .keeper import ANSWER, STOP, keep

_SCRIPT = Path(__file__).parents[1] / "services"


def main(arguments: Sequence[str], usage: str) -> int:
    """Do one command; the exit code."""
    match arguments:
        case ["run", *rest] if "--" in rest[:-1]:
            mark = rest.index("--")
            return _run(_known(rest[:mark]), rest[mark + 1 :])
        case ["start", *names]:
            return _start(_known(names))
        case ["env"]:
            return _env()
        case ["stop"]:
            return _stop()
        case ["keep", folder, *names]:
            keep(Path(folder), names)
            return 0
    print(usage.strip(), file=sys.stderr)
    return 2


def _known(names: Sequence[str]) -> list[str]:
    for name in names:
        if name not in SERVICES:
            sys.exit(f"scripts/services: no service is called {name}; there are {[*SERVICES]}.")
    return list(names or SERVICES)


def _run(names: Sequence[str], command: Sequence[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="guildhall-"))
    folder.chmod(0o711)
    keeper = _spawn(folder, names, stdin=subprocess.PIPE)
    assert keeper.stdin is not None
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        variables = _wait_for_answer(folder, keeper)
        _report(variables)
        return _run_command(command, variables)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        keeper.stdin.close()
        keeper.wait()


def _run_command(command: Sequence[str], variables: dict[str, str]) -> int:
    # The tests choose their database themselves; a person's own must not leak into them.
    given = {service.given for service in SERVICES.values()}
    inherited = {name: value for name, value in os.environ.items() if name not in given}
    child = subprocess.Popen(command, env={**inherited, **variables})
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    # A terminal sends Ctrl-C to the command as well: wait for it to end by itself.
    signal.signal(signal.SIGINT, lambda *_: None)
    code = child.wait()
    return code if code >= 0 else 128 - code


def _start(names: Sequence[str]) -> int:
    folder = _shared_folder()
    if folder.exists():
        sys.exit("Already started; `scripts/services stop` stops them.")
    folder.mkdir(mode=0o711)
    os.mkfifo(folder / STOP, 0o600)
    keeper = _spawn(folder, names, stdin=subprocess.DEVNULL, log=folder / "keeper.log")
    _report(_wait_for_answer(folder, keeper))
    print('Use them with: eval "$(scripts/services env)"', file=sys.stderr)
    return 0


def _env() -> int:
    answer = _shared_folder() / ANSWER
    if not answer.exists():
        sys.exit("Nothing is started; `scripts/services start` starts the services.")
    for name, value in json.loads(answer.read_text()).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _stop() -> int:
    folder = _shared_folder()
    try:
        os.close(os.open(folder / STOP, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:  # nobody reads any more: only the folder is left
        shutil.rmtree(folder, ignore_errors=True)
    deadline = time.monotonic() + 20
    while folder.exists():
        if time.monotonic() > deadline:
            sys.exit(f"The services do not stop; look at {folder}.")
        time.sleep(0.05)
    return 0


def _shared_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"guildhall-services-{os.getuid()}"
    if folder.exists() and folder.stat().st_uid != os.getuid():
        sys.exit(f"{folder} belongs to somebody else; remove it first.")
    return folder


def _spawn(
    folder: Path, names: Sequence[str], *, stdin: int, log: Path | None = None
) -> subprocess.Popen[bytes]:
    output = log.open("wb") if log else None
    return subprocess.Popen(
        [sys.executable, str(_SCRIPT), "keep", str(folder), *names],
        stdin=stdin,
        stdout=output or subprocess.DEVNULL,
        stderr=output,
        start_new_session=True,
    )


def _wait_for_answer(folder: Path, keeper: subprocess.Popen[bytes]) -> dict[str, str]:
    answer = folder / ANSWER
    while not answer.exists():
        if keeper.poll() is not None:
            sys.exit(f"scripts/services: starting failed; see {folder}.")
        time.sleep(0.05)
    variables: dict[str, str] = json.loads(answer.read_text())
    return variables


def _report(variables: dict[str, str]) -> None:
    for name, value in sorted(variables.items()):
        print(f"{name}={value}", file=sys.stderr)
