import re

import pytest

from community.text.highlight import MAX_HIGHLIGHTED
from community.text.markdown import render


def html(source: str) -> str:
    return render(source).html.strip()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One", '<h2 dir="auto">One</h2>'),
        (
            "## A\n#### B\n# C",
            '<h2 dir="auto">A</h2>\n<h3 dir="auto">B</h3>\n<h2 dir="auto">C</h2>',
        ),
        ("a ~~b~~ *c* **d**", '<p dir="auto">a <s>b</s> <em>c</em> <strong>d</strong></p>'),
        ('<b>a</b> & "q"', '<p dir="auto">&lt;b&gt;a&lt;/b&gt; &amp; "q"</p>'),
        ("> a", '<blockquote dir="auto">\n<p dir="auto">a</p>\n</blockquote>'),
        ("$a<b$", '<p dir="auto"><span class="math">a&lt;b</span></p>'),
        ("costs $5 or $6", '<p dir="auto">costs $5 or $6</p>'),
        ("$$\nx^2\n$$", '<div class="math">x^2</div>'),
        (
            "<kbd>Ctrl</kbd> H<sub>*2*</sub>O",
            '<p dir="auto"><kbd>Ctrl</kbd> H<sub><em>2</em></sub>O</p>',
        ),
        ("<kbd>open", '<p dir="auto">&lt;kbd&gt;open</p>'),
        (
            "> ! who did it\n> ! she",
            (
                '<details dir="auto" class="spoiler"><summary>Spoiler</summary>\n'
                '<p dir="auto">who did it\nshe</p>\n</details>'
            ),
        ),
    ],
)
def test_render_gives_block(source: str, expected: str) -> None:
    assert html(source) == expected


def test_render_table_scrolls_and_aligns_by_class() -> None:
    assert html("a | b\n:-|-:\n1 | 2").replace("\n", "") == (
        '<div class="table-scroll" tabindex="0"><table><thead><tr>'
        '<th dir="auto" class="align-left">a</th><th dir="auto" class="align-right">b</th>'
        "</tr></thead><tbody><tr>"
        '<td dir="auto" class="align-left">1</td><td dir="auto" class="align-right">2</td>'
        "</tr></tbody></table></div>"
    )


def test_render_tasks_are_labelled_and_disabled() -> None:
    assert html("- [ ] a *b*\n- [x] c\n- d") == (
        '<ul class="task-list" dir="auto">\n'
        '<li class="task-list-item" dir="auto"><label><input type="checkbox" disabled="">'
        " a <em>b</em></label></li>\n"
        '<li class="task-list-item" dir="auto"><label>'
        '<input type="checkbox" disabled="" checked=""> c</label></li>\n'
        '<li dir="auto">d</li>\n</ul>'
    )


def test_render_code_is_highlighted_after_sanitising() -> None:
    assert html('```python\nx = "<b>"\n```') == (
        '<pre dir="ltr" tabindex="0"><code class="language-python"><span class="n">x</span> '
        '<span class="o">=</span> <span class="s2">"&lt;b&gt;"</span>\n</code></pre>'
    )


@pytest.mark.parametrize("info", ["", "nosuch", 'x" onclick="alert(1)'])
def test_render_code_in_unknown_language_is_escaped(info: str) -> None:
    rendered = html(f"```{info}\n<script>alert(1)</script>\n```")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rendered
    assert "onclick" not in rendered


@pytest.mark.parametrize(
    ("length", "highlighted"), [(MAX_HIGHLIGHTED, True), (MAX_HIGHLIGHTED + 1, False)]
)
def test_render_code_is_highlighted_up_to_limit(length: int, highlighted: bool) -> None:
    code = ("x = 1\n" * MAX_HIGHLIGHTED)[: length - 1]
    assert ("<span" in html(f"```python\n{code}\n```")) is highlighted


def test_render_footnotes_of_two_texts_have_different_ids() -> None:
    one, two = html("a[^1]\n\n[^1]: b"), html("c[^1]\n\n[^1]: d")
    ids_of_one, ids_of_two = (set(re.findall(r'id="([^"]*)"', text)) for text in (one, two))
    assert (len(ids_of_one), len(ids_of_one | ids_of_two)) == (2, 4)
    assert 'aria-label="Back to the text at 1"' in one


def test_render_is_deterministic() -> None:
    source = "a[^1]\n\n```py\nx\n```\n\n[^1]: b"
    assert render(source) == render(source)


def test_render_replaces_unprintable_characters() -> None:
    assert html("a\x00b\ud800c\x1b") == '<p dir="auto">a\ufffdb\ufffdc\ufffd</p>'
