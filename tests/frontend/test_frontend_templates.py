"""House rules that every template keeps; the content security policy depends on them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

import frontend
from frontend import icons

ROOT = Path(frontend.__file__).parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "static" / "icons.svg").read_text()
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
ICON = re.compile(r'{% icon "([a-z0-9-]+)"')


def found(pattern: str) -> Iterator[str]:
    for path in TEMPLATES:
        for match in re.finditer(pattern, path.read_text(), re.IGNORECASE):
            yield f"{path.relative_to(ROOT)}: {match[0]}"


def test_no_inline_style() -> None:
    assert list(found(r"\sstyle=|<style\b")) == []


def test_no_inline_handler() -> None:
    assert list(found(r"<[a-z][^>]*\son[a-z]+=|hx-on|javascript:")) == []


def test_no_script_without_source_or_nonce() -> None:
    inline = [
        (path.name, attributes)
        for path in TEMPLATES
        for attributes, body in SCRIPT.findall(path.read_text())
        if body.strip() and 'nonce="{{ request.csp_nonce }}"' not in attributes
    ]
    assert inline == []


def test_nothing_comes_from_another_site() -> None:
    assert list(found(r"(src|href)=\"(https?:)?//")) == []


def test_icons_stand_in_the_sprite() -> None:
    used = {name for path in TEMPLATES for name in ICON.findall(path.read_text())}
    assert [name for name in sorted(used) if f'id="i-{name}"' not in SPRITE] == []


def test_sprite_holds_the_listed_icons() -> None:
    assert re.findall(r'<symbol id="i-([a-z0-9-]+)"', SPRITE) == list(icons.names())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_compiles(path: Path) -> None:
    get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500", "503"])
def test_error_page_needs_no_context(name: str) -> None:
    html = get_template(f"{name}.html").render()
    assert html.count("<h1>") == 1
    assert html == get_template(f"{name}.html").render({"me": "somebody", "csrf_token": "x"})


def test_anonymous_page_has_no_shell() -> None:
    html = engines["django"].from_string('{% extends "door.html" %}').render({"me": None})
    assert 'class="side"' not in html
    assert 'id="act"' not in html
