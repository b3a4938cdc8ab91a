import re
import time

import html5lib
import pytest

from community.text.convert import MAX_DEPTH, html_to_markdown
from community.text.errors import TextRefused
from community.text.markdown import render
from community.text.parser import parse
from community.text.references import keys_of


def text(html: str) -> str:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(tree.itertext())).strip()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <em>b</em> <strong>c </strong>d</p><p>e</p>", "a *b* **c** d\n\ne"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<h2>Title</h2><hr>", "## Title\n\n---"),
        ("<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>", "- a\n- b\n\n  1. c"),
        ("<ol start='3'><li>a</li></ol>", "3. a"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote class='spoiler'><p>a</p></blockquote>", ">! a"),
        ("<pre class='lang-py s-code'><code>x = 1\n</code></pre>", "```py\nx = 1\n```"),
        ("<pre><code>a ``` b</code></pre>", "````\na ``` b\n````"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<p><a href='http://a.example/b c'>d</a></p>", "[d](http://a.example/b%20c)"),
        ("<p><a href='javascript:x'>d</a></p>", "d"),
        ("<p><img src='//a.example/b.png' alt='c'></p>", "![c](https://a.example/b.png)"),
        ("<p><kbd>F1</kbd> x<sup>2</sup></p>", "<kbd>F1</kbd> x<sup>2</sup>"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c|d <code>e|f</code></td></tr></table>",
            "| a | b |\n| --- | --- |\n| c\\|d `e\\|f` |  |",
        ),
        ("a<!-- no --><script>no</script>", "a"),
        ("", ""),
    ],
)
def test_html_to_markdown_of_fragment(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p>*a* _b_ __c__ snake_case `d` ~~e~~ $f$ [g](h) ![i](j) &amp;copy; &lt;b&gt; \\* a|b</p>",
        "<p># no heading</p><p>- no item</p><p>1. no item</p><p>2) no</p><p>&gt; no</p><p>+ a</p>",
        "<p>a<br>---<br>===<br>- b<br>! c</p>",
        "<p>! no spoiler</p><blockquote><p>! no spoiler</p></blockquote>",
        "<p>[^1]: no footnote [[t:abcdefghij]]</p>",
        "<ul><li><pre><code>a\n\n  b</code></pre></li><li>c<blockquote>d</blockquote></li></ul>",
        "<blockquote class='spoiler'><p>a</p><p>b</p></blockquote>",
        "<p><br>*a</p><p>______</p><p>http://a.example/b_c_(d)</p>",
        "<p>www.a.example <a href='http://a.example/?a=1&amp;copy=2'>http://a.example/b_c</a></p>",
    ],
)
def test_html_to_markdown_renders_to_the_same_text(html: str) -> None:
    rendered = render(html_to_markdown(html)).html
    shown = rendered.replace("<summary>Spoiler</summary>", "").replace("<br>", " ")
    assert text(shown) == text(re.sub(r"</(p|li|pre)>|<br>|<blockquote>", r"\g<0> ", html))


def test_html_to_markdown_refuses_deep_nesting() -> None:
    assert html_to_markdown("<b>" * MAX_DEPTH + "a").strip("*") == "a"
    with pytest.raises(TextRefused, match="nested 100 levels deep"):
        html_to_markdown("<b>" * (MAX_DEPTH + 1) + "a")


@pytest.mark.parametrize("start", ["<div>", "<div></b>", "<dd><li>", "<DIV\n>"])
def test_html_to_markdown_refuses_very_deep_nesting_at_once(start: str) -> None:
    began = time.perf_counter()
    with pytest.raises(TextRefused, match="nested 100 levels deep"):
        html_to_markdown(start * 20_000)
    assert time.perf_counter() - began < 2


def test_html_to_markdown_takes_many_elements_side_by_side() -> None:
    items = 1_500
    assert html_to_markdown("<p>a<br>" * items).count("a") == items
    assert html_to_markdown(f"<ul>{'<li><b>a</b></li>' * items}</ul>").count("- **a**") == items


def test_html_to_markdown_makes_no_references() -> None:
    source = html_to_markdown("<p>@ada #tag (@ben) [[t:abcdefghij]]</p>")
    assert keys_of(parse(source).tokens) == {}
