import time
from collections.abc import Callable

import pytest

from community.text.diff import word_diff
from community.text.errors import TextRefused
from community.text.markdown import render

pytestmark = pytest.mark.proof

LENGTH = 50_000


def repeated(unit: str) -> str:
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH]


HOSTILE = {
    "wide table": f"|{'a|' * 8000}\n|{'-|' * 8000}\n" + "|\n" * 9000,
    "long table": f"|{'a|' * 50}\n|{'-|' * 50}\n" + "|\n" * 24_000,
    "many tables": repeated(f"|{'a|' * 20}\n|{'-|' * 20}\n" + "|\n" * 98 + "\n"),
    "full table": f"|{'a|' * 50}\n|{'-|' * 50}\n" + f"|{'*a*b|' * 50}\n" * 38 + "x" * 38_000,
    "small tables": repeated("|a|b|\n|-|-|\n|c|d|\n\n"),
    "footnote references": repeated("[^1]")[: LENGTH - 20] + "\n\n[^1]: x",
    "footnotes": "".join(f"[^{n}]: x\n[^{n}]\n\n" for n in range(3300))[:LENGTH],
    "inline footnotes": repeated("^[a]"),
    "open footnotes": repeated("^["),
    "quotes": repeated("> "),
    "lists": repeated("- "),
    "tasks": repeated("- [ ] a\n"),
    "spoilers": repeated("> ! a\n\n"),
    "deepest nesting": repeated("> " * 18 + "- a\n"),
    "brackets": repeated("["),
    "fewer brackets": "[" * 5_000 + "a" * 45_000,
    "fewer images": "![" * 5_000 + "a" * 40_000,
    "fewer footnotes": "^[" * 5_000 + "a" * 40_000,
    "closed brackets": "[" * 5_000 + "]" * 45_000,
    "links": repeated("[a](b)"),
    "open links": "[](" * 5_000,
    "definitions": "".join(f"[a{n}]: /x\n" for n in range(4000))[:LENGTH],
    "addresses": repeated("http://a.b/c "),
    "fewer addresses": "http://a.b/c " * 2_000 + "a" * 24_000,
    "joined addresses": repeated("http://"),
    "addresses with brackets": repeated("http://a.b/("),
    "long address": "http://a.b/" + "(" * 49_980,
    "emphasis": repeated("**a *b "),
    "mixed emphasis": repeated("_*"),
    "less mixed emphasis": "_*" * 7_500 + "a" * 35_000,
    "strikes": repeated("~~a "),
    "backticks": "".join("`" * n + " " for n in range(1, 315))[:LENGTH],
    "dollars": repeated("$a "),
    "escaped dollars": repeated("$a\\$"),
    "fewer dollars": "$a\\$" * 3_000 + "a" * 38_000,
    "keys": repeated("<kbd>"),
    "nested tags": repeated("<sup>" + "<sub>" * 60 + "</sub>" * 60 + "</sup>"),
    "mentions": repeated("@a "),
    "topic references": "[[t:" * 2_500,
    "comments": repeated("<!--"),
    "less-than signs": repeated("<"),
    "ampersands": repeated("&"),
    "fewer ampersands": "&" * 24_000 + "a" * 26_000,
    "quotation marks": repeated('"'),
    "headings": repeated("# a\n"),
    "fences": repeated("```py\nx\n```\n"),
    "spaces": " " * LENGTH,
    "surrogates": "\ud800" * LENGTH,
}
HOSTILE |= {
    f"{language} code, {unit!r}": f"```{language}\n{(unit * 10_000)[:length]}\n```\n"
    for language, length in (("c#", 1666), ("java", 1666), ("make", 1666), ("c++", 9998))
    for unit in ("a\n", "(", '"', "<a b", "_", "/*", "\n")
}


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time, since other processes on the machine must not decide."""
    start = time.process_time()
    work()
    return time.process_time() - start


def render_or_refuse(source: str) -> None:
    try:
        render(source)
    except TextRefused as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - being refused is one of two good ends


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_rendered_or_refused_within_a_second(name: str) -> None:
    assert cpu_seconds(lambda: render_or_refuse(HOSTILE[name])) < 1


def changed_places(letter: str) -> str:
    """A hundred lines that stay, each before a line of 240 words that doesn't."""
    return "".join(f"line {place}\n{f'{letter} ' * 240}\n" for place in range(100))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (repeated("a\n"), repeated("b\na\n")),
        (repeated("a b "), repeated("b c a ")),
        ("".join(f"x{n} " for n in range(8000)), "".join(f"y{n} x{n} " for n in range(4500))),
        (repeated("ab"), repeated("ba")),
        (changed_places("x"), changed_places("y")),
    ],
)
def test_hostile_diff_is_made_within_a_second(old: str, new: str) -> None:
    assert cpu_seconds(lambda: word_diff(old, new)) < 1


def test_normal_post_is_rendered_within_20_ms() -> None:
    """Measured between 8 and 14 on one machine on different days."""
    source = "A *paragraph* with `code`, a [link](https://a.example) and more words.\n\n" * 8
    source += "- [ ] task\n- item\n\n```python\ndef f(x):\n    return x\n```\n\na | b\n-|-\n1 | 2\n"
    source = source + "Some words more to fill it. " * 48
    render(source)
    assert min(cpu_seconds(lambda: render(source)) for _ in range(50)) < 0.020
