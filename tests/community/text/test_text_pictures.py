import pytest

from community.text.markdown import render
from community.text.pictures import SIZES, Picture
from community.text.sanitize import sanitize
from community.text.urls import file_id

URL = "/f/aaaaaaaaaa/the%20plan.png"
PLAN = Picture(URL, 1000, 501, (480, 960, 1000))
IMG = (
    f'<img src="{URL}?w=960" srcset="{URL}?w=480 480w, {URL}?w=960 960w, {URL}?w=1000 1000w"'
    f' sizes="{SIZES}" width="1000" height="501" alt="a b" loading="lazy">'
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"![a *b*]({URL})", f'<a href="{URL}">{IMG}</a>'),
        (f"[![a b]({URL})](/t/1)", f'<a href="/t/1">{IMG}</a>'),
        (f"![a b](http://127.0.0.1:8000{URL})", f'<a href="{URL}">{IMG}</a>'),
    ],
)
def test_picture_takes_its_room_and_leads_to_its_largest_size(source: str, expected: str) -> None:
    assert render(source, pictures={"aaaaaaaaaa": PLAN}).html == f'<p dir="auto">{expected}</p>\n'


def test_description_and_title_stay_text() -> None:
    source = f'!["><script>alert(1)</script>]({URL} \'" onerror="alert(1)\')'
    html = render(source, pictures={"aaaaaaaaaa": PLAN}).html
    assert "<script" not in html
    assert 'title="&quot; onerror=&quot;alert(1)"' in html


def test_files_that_a_text_names_are_known_whether_shown_or_linked() -> None:
    source = f"![a]({URL}) [b](/f/bbbbbbbbbb/x.pdf) `/f/cccccccccc/x` [d](/t/dd) ![a]({URL})"
    assert render(source).file_ids == ("aaaaaaaaaa", "bbbbbbbbbb")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/f/aaaaaaaaaa/x", "aaaaaaaaaa"),
        ("/f/aaaaaaaaaa/x?w=480", "aaaaaaaaaa"),
        ("/f/aaaaaaaaaa/", None),
        ("/f/aaaaaaaaaa", None),
        ("/f/aaaaaaaaaa/x/y", None),
        ("/f/aaaaaaaaaa/.", None),
        ("/f/aaaaaaaaaa/%2E%2e", None),
        ("/f/aaa/x", None),
        ("https://b.example/f/aaaaaaaaaa/x", None),
        ("//b.example/f/aaaaaaaaaa/x", None),
    ],
)
def test_file_is_told_by_its_whole_address(url: str, expected: str | None) -> None:
    assert file_id(url) == expected


@pytest.mark.parametrize(
    "attribute",
    [
        'srcset="https://b.example/1.png 480w"',
        f'srcset="{URL}?w=480 480w, //b.example/1.png 960w"',
        f'srcset="{URL}?w=480 480w,"',
        'sizes="50vw"',
        'width="1e9"',
        'loading="eager"',
        'onerror="alert(1)"',
        'style="width:1px"',
    ],
)
def test_sanitize_leaves_no_other_attribute_of_an_image(attribute: str) -> None:
    assert sanitize(f'<img alt="a" {attribute}>') == '<img alt="a">'
