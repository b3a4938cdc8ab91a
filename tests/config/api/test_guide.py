"""The examples of the page "Use the API", typed one after the other against a running site."""

import html
import os
import re
import subprocess
from typing import Any

import pytest
from django.test import Client

from tests.factories.community import make_person
from tests.factories.tokens import make_secret

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EXAMPLE = re.compile(
    r'<pre data-example(?:="(\d+)")? tabindex="0"><code>(.*?)</code></pre>', re.DOTALL
)


def test_examples_work(live_server: Any) -> None:
    reader = make_person("Reader")
    client = Client()
    client.force_login(reader)
    page = client.get("/help/api").content.decode()
    examples = [(status, html.unescape(code)) for status, code in EXAMPLE.findall(page)]
    script = "\n".join(code for _status, code in examples)
    known = {"GUILDHALL": live_server.url, "TOKEN": make_secret(reader)}

    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=os.environ | known,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(examples) == 5
    assert '"handle":"reader"' in ran.stdout
    assert "second floor" in ran.stdout
    assert '"pointer": "#/source"' in ran.stdout
