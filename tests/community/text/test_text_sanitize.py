import logging
import re

import pytest

from community.text.errors import TextRefused
from community.text.markdown import render
from community.text.sanitize import sanitize

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><p title='--&gt;&lt;img onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></math>",
    "<select><template><style><!--</style><a rel='--></style></select><img onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<p style='background:url(javascript:alert(1))' onclick=alert(1) id=x>a</p>",
    "<base href='https://evil.example/'><link rel=stylesheet href=x><meta http-equiv=refresh>",
    "<details ontoggle=alert(1) open>x</details>",
    "<input type=image src=x onerror=alert(1)>",
    "<div class='admin' tabindex=1>a</div>",
]
ACTIVE = re.compile(
    r"<(script|svg|math|style|iframe|base|link|meta|form|textarea|template|noscript|xmp)\b"
    r"|<[^>]*\s(on\w+|style|srcdoc)\s*=|href=\"(java|//|\x01)|class=\"admin|tabindex=\"1|<!",
    re.IGNORECASE,
)


def attributes_hidden_in_values(html: str) -> str:
    """html with the values of attributes emptied, so that only real attributes are searched."""
    return re.sub(r'(title|alt)="[^"]*"', "", html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sanitize_leaves_nothing_active_or_refuses(payload: str) -> None:
    try:
        clean = sanitize(payload)
    except TextRefused:
        return
    assert ACTIVE.findall(attributes_hidden_in_values(clean)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_render_shows_raw_html_as_text(payload: str) -> None:
    html = render(f"a {payload} b\n\n{payload}").html
    assert ACTIVE.findall(attributes_hidden_in_values(html)) == []


def test_sanitize_payload_search_finds_active_html() -> None:
    assert [bool(ACTIVE.search(payload)) for payload in PAYLOADS[:4]] == [True] * 4


def test_sanitize_refuses_and_logs_when_the_two_disagree(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(TextRefused, match="two safety checks"):
        sanitize('<a href="http://secret%20host/">x</a>')
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "secret" not in caplog.text


def test_sanitize_keeps_what_is_allowed() -> None:
    html = (
        '<p dir="auto">a\u00a0"b" <a href="/x?a=1&amp;b=2" title="t">c</a></p>'
        '<ol dir="auto" start="3"><li dir="auto">d</li></ol>'
    )
    assert sanitize(html) == html.replace("\u00a0", "&nbsp;")


@pytest.mark.parametrize(
    "src", ["/me", "/f/aaaaaaaaaa/..", "/f/aaaaaaaaaa/%2e%2e", "//b.example/f/aaaaaaaaaa/1"]
)
def test_sanitize_leaves_no_address_of_an_image_but_our_files(src: str) -> None:
    assert sanitize(f'<img src="{src}" alt="a">') == '<img alt="a">'
