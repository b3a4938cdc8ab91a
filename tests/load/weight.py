"""What the first page weighs and when its largest part is painted, in Chromium.

python tests/load/weight.py --paths paths.json --url http://127.0.0.1:8000 [--runs 5]

The cache is empty each time. Weights are what came over the wire, headers included; "gzipped" is
what they would be where a proxy compresses the HTML. Needs Chromium (CHROMIUM, or on the path).
"""

import argparse
import gzip
import json
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.project import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().at(-1).startTime)).observe(
  {type: 'largest-contentful-paint', buffered: true}))"""
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--paths", type=Path, required=True)
    parser.add_argument("--url", required=True)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    paths = json.loads(options.paths.read_text())
    binary = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        say("page       CPU  requests     KiB  gzipped   FCP ms   LCP ms")
        for name, cookie in (("sign_in", ""), *((n, paths["cookies"][0]) for n in PAGES)):
            for slowdown in (1, 4):
                url = options.url + paths[name][0]
                runs = [load(browser, url, cookie, slowdown) for _ in range(options.runs)]
                row = {key: median(run[key] for run in runs) for key in runs[0]}
                say(
                    f"{name:10}{slowdown:4}x{row['requests']:10.0f}{row['kib']:8.1f}"
                    f"{row['gzipped_kib']:9.1f}{row['fcp']:9.0f}{row['lcp']:9.0f}"
                )
        browser.close()


PAGES = ("home", "latest", "topic")


def load(browser: "Browser", url: str, cookie: str, slowdown: int) -> dict[str, float]:
    """Load url in a fresh context; times in ms since the navigation started."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": url}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(size_of(event)))
    response = page.goto(url, wait_until="networkidle")
    if response is None or response.status != 200:
        raise RuntimeError(f"{url} was not answered as a page")
    html = response.body()
    saved = 0 if "content-encoding" in response.headers else len(html) - len(gzip.compress(html, 6))
    figures = {
        "requests": float(len(sizes)),
        "kib": sum(sizes) / 1024,
        "gzipped_kib": (sum(sizes) - saved) / 1024,
        "fcp": page.evaluate(FIRST_PAINT),
        "lcp": page.evaluate(LARGEST_PAINT),
    }
    context.close()
    return figures


def size_of(event: dict[str, Any]) -> float:
    return float(event["encodedDataLength"])


if __name__ == "__main__":
    main()
