"""Memory of the supervisor, web and worker process of a fresh site at rest.

python tests/load/memory.py [--port 18900] [--seconds 20]

Runs `manage.py start` in a new folder, which makes the demo company; measures after some rest, and
again after a hundred requests of the sign-in page. PSS counts a page that n processes share as 1/n.
"""

import argparse
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import children_of, running, say

FIELDS = ("Rss", "Pss", "Private_Dirty")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=18900)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as data,
        running("start", port=options.port, data=Path(data)) as supervisor,
    ):
        time.sleep(options.seconds)
        show("at rest", supervisor)
        for _ in range(100):
            urllib.request.urlopen(f"http://127.0.0.1:{options.port}/account/login/").read()
        time.sleep(options.seconds)
        show("after 100 requests", supervisor)


def show(when: str, supervisor: int) -> None:
    processes = {name: memory_of(pid) for name, pid in children_of(supervisor).items()}
    processes["together"] = {
        field: sum(sizes[field] for sizes in processes.values()) for field in FIELDS
    }
    say(f"{when:20}" + "".join(f"{field + ' MiB':>18}" for field in FIELDS))
    for name, sizes in processes.items():
        say(f"  {name:18}" + "".join(f"{sizes[field]:18.1f}" for field in FIELDS))


def memory_of(pid: int) -> dict[str, float]:
    """MiB by field of the kernel's summary of all mappings."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    sizes = {
        name: int(rest.split()[0]) / 1024 for name, _, rest in (x.partition(":") for x in lines)
    }
    return {field: sizes[field] for field in FIELDS}


if __name__ == "__main__":
    main()
