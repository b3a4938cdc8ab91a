"""The examples of the page "Use the API", typed one after the other against a running site."""

import html
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories.community import make_person
from tests.factories.tokens import make_secret

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EXAMPLE = re.compile(
    r'<pre data-example(?:="(\d+)")? tabindex="0"><code>(.*?)</code></pre>', re.DOTALL
)


def test_examples_work(live_server: Any, tmp_path: Path) -> None:
    reader = make_person("Reader")
    make_person("Mia")
    client = Client()
    client.force_login(reader)
    page = client.get("/help/api").content.decode()
    examples = [(status, html.unescape(code)) for status, code in EXAMPLE.findall(page)]
    script = "\n".join(code for _status, code in examples)
    known = {"GUILDHALL": live_server.url, "TOKEN": make_secret(reader)}

    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=os.environ | known,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(examples) == 9
    assert '"handle":"reader"' in ran.stdout
    assert '"handle":"mia"' in ran.stdout
    assert '"url":"https://example.org/mail-' in ran.stdout
    assert '"has_failed":false' in ran.stdout
    assert "second floor" in ran.stdout
    assert '"pointer": "#/source"' in ran.stdout
