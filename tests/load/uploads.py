"""Memory of the web process while a hundred pictures of 5 MB are sent through the API.

python tests/load/uploads.py [--port 18900] [--pictures 100] [--at-once 4]

Runs `manage.py start` in a new folder, which makes the demo company. Pictures are noise, so that
they weigh 5 MB each; a person may send 60 files a minute, so two people send them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.memory import memory_of
from tests.load.project import children_of, running, say

SENDERS = ("hanna@brightwater.example", "priya@brightwater.example")
# Of noise in three colours, which PNG can't make smaller: 5 MB.
SIDE = 1_290
TOKENS = """
from community.accounts.models import User
from community.tokens.actions import make_token
for email in {senders!r}:
    by = User.objects.get(email=email)
    made = make_token(by=by, name="Load", scopes=["discussions:write"], days=1)
    print("token", made.secret)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=18900)
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=4)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as data,
        running("start", port=options.port, data=Path(data)) as supervisor,
    ):
        tokens, web = tokens_in(Path(data)), children_of(supervisor)["web"]
        url = f"http://127.0.0.1:{options.port}/api/v1/files"
        send(url, tokens[0], picture())
        say(f"before   {memory_of(web)['Pss']:8.1f} MiB")
        peak, seconds = measured(web, url, tokens, options.pictures, options.at_once)
        say(f"highest  {peak:8.1f} MiB")
        time.sleep(5)
        say(f"after    {memory_of(web)['Pss']:8.1f} MiB")
        say(f"{options.pictures} pictures in {seconds:.1f} s, {options.at_once} at once")


def tokens_in(data: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", TOKENS.format(senders=SENDERS)],
        env=os.environ | {"DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    return [words[1] for words in lines if words[:1] == ["token"]]


def measured(
    web: int, url: str, tokens: list[str], pictures: int, at_once: int
) -> tuple[float, float]:
    """The highest PSS in MiB, looked at ten times a second, and the seconds that it took."""
    highest, over = 0.0, threading.Event()

    def look() -> None:
        nonlocal highest
        while not over.wait(0.1):
            highest = max(highest, memory_of(web)["Pss"])

    looking = threading.Thread(target=look)
    looking.start()
    started = time.monotonic()
    with ThreadPoolExecutor(at_once) as pool:
        sent = [
            pool.submit(send, url, tokens[number % len(tokens)], picture())
            for number in range(pictures)
        ]
        for one in sent:
            one.result()
    seconds = time.monotonic() - started
    over.set()
    looking.join()
    return highest, seconds


def picture() -> bytes:
    """A PNG of about 5 MB, another one each time."""
    from PIL import Image

    noise = Image.frombytes("RGB", (SIDE, SIDE), os.urandom(SIDE * SIDE * 3))
    written = BytesIO()
    noise.save(written, "PNG", compress_level=0)
    return written.getvalue()


def send(url: str, token: str, content: bytes) -> None:
    boundary = uuid4().hex
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="noise.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Idempotency-Key": uuid4().hex,
    }
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=120) as answer:
        json.load(answer)


if __name__ == "__main__":
    main()
