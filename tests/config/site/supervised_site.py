"""A supervisor under test, whose children only leave their marks: supervised_site.py OPTIONS."""

import json
import logging
import sys
from pathlib import Path

from config.site.changes import SourceWatch
from config.site.supervise import Child, Supervisor

CHILD = str(Path(__file__).parent / "supervised_child.py")


def main() -> int:
    options = json.loads(sys.argv[1])
    logging.basicConfig(format="%(message)s")
    folder = Path(options["folder"])
    children = [
        Child(name, [CHILD, str(folder / name), manner])
        for name, manner in options["children"].items()
    ]
    watch = SourceWatch(folder) if options.get("reload") else None
    return Supervisor(children, drain_seconds=options["drain_seconds"], watch=watch).run()


if __name__ == "__main__":
    sys.exit(main())
