import pytest
from pytest_django.fixtures import Settings

from community.text.markdown import render
from community.text.urls import destination

REL = 'rel="noopener nofollow ugc"'


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://guild.example:8443"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/t/abc", "own"),
        ("#p3", "own"),
        ("page?a=1", "own"),
        ("https://guild.example:8443/t/1", "own"),
        ("https://GUILD.example:8443", "own"),
        ("https://guild.example/", "other"),
        ("https://guild.example:8443@evil.example/", "other"),
        ("http://evil.example", "other"),
        ("mailto:ada@guild.example", "other"),
        ("//evil.example", "refused"),
        ("/\\evil.example", "refused"),
        ("\\\\evil.example", "refused"),
        ("/\t/evil.example", "refused"),
        ("java\nscript:alert(1)", "refused"),
        (" javascript:alert(1)", "refused"),
        ("JavaScript:alert(1)", "refused"),
        ("data:text/html,x", "refused"),
        ("vbscript:x", "refused"),
        ("ftp://a.example", "refused"),
        ("http:evil.example", "refused"),
        ("http:///evil.example", "refused"),
        ("http://[broken", "refused"),
    ],
)
def test_destination_of_url(url: str, expected: str) -> None:
    assert destination(url) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](/t/1)", '<a href="/t/1">a</a>'),
        ("[a](https://guild.example:8443/x)", '<a href="https://guild.example:8443/x">a</a>'),
        ("[a](https://b.example)", f'<a href="https://b.example" {REL}>a</a>'),
        (
            "https://b.example/c_d",
            f'<a href="https://b.example/c_d" {REL}>https://b.example/c_d</a>',
        ),
        ("<https://b.example>", f'<a href="https://b.example" {REL}>https://b.example</a>'),
        ("[a](//evil.example)", "[a](//evil.example)"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](http://b:99999/)", "[a](http://b:99999/)"),
        ("manage.py README.md www.b.example", "manage.py README.md www.b.example"),
    ],
)
def test_render_link(source: str, expected: str) -> None:
    assert render(source).html == f'<p dir="auto">{expected}</p>\n'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("![a *b*](/f/aaaaaaaaaa/x.png)", '<a href="/f/aaaaaaaaaa/x.png">a b</a>'),
        ("[![a](/f/aaaaaaaaaa/x.png)](/t/1)", '<a href="/t/1">a</a>'),
        ("![a](/account/logout/)", '<a href="/account/logout/">a</a>'),
        ("![a](/f/aaaaaaaaaa/..)", '<a href="/f/aaaaaaaaaa/..">a</a>'),
        ("![a](f/aaaaaaaaaa/x)", '<a href="f/aaaaaaaaaa/x">a</a>'),
        ("![a](https://b.example/1.png)", f'<a href="https://b.example/1.png" {REL}>a</a>'),
        (
            "![](https://b.example/1.png)",
            f'<a href="https://b.example/1.png" {REL}>https://b.example/1.png</a>',
        ),
        ("[![a](https://b.example/1.png)](/t/1)", '<a href="/t/1">a</a>'),
    ],
)
def test_render_image_that_may_not_be_shown_is_a_link(source: str, expected: str) -> None:
    assert render(source).html == f'<p dir="auto">{expected}</p>\n'
