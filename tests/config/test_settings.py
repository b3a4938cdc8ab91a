"""The settings as a process reads them: a bad value stops the start and names its variable."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAMES = [
    "ALLOWED_HOSTS",
    "DEMO",
    "EMBEDDED",
    "HTTPS",
    "MIDDLEWARE",
    "SECRET_KEY",
    "SITE_URL",
]
SHOW = f"""
import json
from config import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))
"""


def read(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data")} | variables
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_empty_environment_is_the_embedded_mode(tmp_path: Path) -> None:
    found = json.loads(read(tmp_path).stdout)
    assert (found["EMBEDDED"], found["DEMO"], found["HTTPS"]) == (True, True, False)
    assert found["SITE_URL"] == "http://127.0.0.1:8000"
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "127.0.0.1", "localhost", "[::1]"]


def test_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = json.loads(read(tmp_path).stdout)["SECRET_KEY"]
    again = json.loads(read(tmp_path).stdout)["SECRET_KEY"]
    assert first == again
    assert len(first) > 50
    assert oct((tmp_path / "data" / "secret_key").stat().st_mode)[-3:] == "600"
    assert oct((tmp_path / "data").stat().st_mode)[-3:] == "700"


def test_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n")
    found = json.loads(read(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key")).stdout)
    assert found["SECRET_KEY"] == "from-a-file"


@pytest.mark.parametrize(
    "variables", [{"HOST": "0.0.0.0"}, {"DATABASE_URL": "postgres://x/y", "SECRET_KEY": "x"}]
)
def test_demo_people_live_on_this_machine_only(tmp_path: Path, variables: dict[str, str]) -> None:
    assert json.loads(read(tmp_path, **variables).stdout)["DEMO"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DEBUG", "maybe"),
        ("SITE_URL", "guildhall.example"),
        ("SITE_URL", "http://x:abc"),
        ("SITE_URL", "http://x:99999"),
        ("SITE_URL", "https://[::1"),
        ("LOG_LEVEL", "foo"),
        ("MAX_TAGS", "0"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "foo"),
        ("MAIL_URL", "mail.example"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("ELASTICSEARCH_URL", "elastic.example"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("DATA_DIR", "/dev/null/x"),
        ("TRUSTED_PROXIES", "proxy1"),
    ],
)
def test_bad_value_names_its_variable(tmp_path: Path, name: str, value: str) -> None:
    answer = read(tmp_path, **{"SECRET_KEY": "x", name: value})
    last = answer.stderr.strip().splitlines()[-1]
    assert answer.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last


@pytest.mark.parametrize(
    "value",
    [
        "mysql://ada:pa55word@db/site",
        "postgres://ada:pa55word@db:port/site",
        "postgres://ada:pa55word@[db/site",
    ],
)
@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "MAIL_URL"])
def test_bad_address_is_refused_without_its_password(tmp_path: Path, name: str, value: str) -> None:
    answer = read(tmp_path, **{"SECRET_KEY": "x", name: value})
    assert answer.returncode == 1
    assert f"{name} can't be used: " in answer.stderr
    assert "pa55" not in answer.stderr + answer.stdout


def test_bad_database_is_named_before_the_key_that_it_would_need(tmp_path: Path) -> None:
    answer = read(tmp_path, DATABASE_URL="foo://x")
    assert "DATABASE_URL can't be used: it starts with postgres:// or sqlite://." in answer.stderr
    assert "SECRET_KEY" not in answer.stderr


def test_data_folder_that_is_a_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    last = read(tmp_path).stderr.strip().splitlines()[-1]
    assert f"{tmp_path / 'data'} can't be made or is no folder" in last
    assert last.endswith("Name a folder that you may write to.")


def test_pages_are_compressed_where_no_proxy_does_it(tmp_path: Path) -> None:
    gzip = "django.middleware.gzip.GZipMiddleware"
    assert gzip in json.loads(read(tmp_path).stdout)["MIDDLEWARE"]
    behind = read(tmp_path, TRUSTED_PROXIES="127.0.0.1")
    assert gzip not in json.loads(behind.stdout)["MIDDLEWARE"]


def test_command_line_says_one_sentence(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": "abc"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = "PORT can't be 'abc': a port is a number between 1 and 65535."
    assert (answer.returncode, answer.stdout, answer.stderr.strip()) == (1, "", sentence)
