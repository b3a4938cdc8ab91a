from collections.abc import Collection, Mapping

import pytest
from pytest_django.fixtures import Settings

from community.text.markdown import render, render_post
from community.text.parser import parse
from community.text.references import Target, keys_of

REFERENCES = {
    "person": {"ada": Target("/p/ada", "@ada")},
    "tag": {"c++": Target("/tags/c++", "c++")},
    "topic": {"abcdefghij": Target("/t/abcdefghij", "Pumps & <valves>")},
}
ASKED: list[tuple[str, list[str], int | None]] = []


def people(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    ASKED.append(("person", sorted(keys), space_id))
    return {key: Target(f"/p/{key}", f"@{key}") for key in keys if key != "zed"}


TABLE = {"person": people}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@ada @ADA, @ben.", {"person": ("ada", "ben")}),
        ("#c++ #C# #a.b. #.net", {"tag": ("c++", "c#", "a.b")}),
        ("[[t:abcdefghij]] [[t:short]] [[x:abcdefghij]]", {"topic": ("abcdefghij",)}),
        ("a@ada.example x#y https://a.example/@ada#c", {}),
        ("\\@ada \\#c `@ada` [@ada](/x)\n\n    @ada\n\n```\n@ada\n```", {}),
    ],
)
def test_keys_are_given_once_outside_code_and_links(
    source: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert keys_of(parse(source).tokens) == expected


def test_render_links_known_references_and_names_them() -> None:
    rendered = render("@Ada #c++ [[t:abcdefghij]] @zed #x", references=REFERENCES)
    assert rendered.html == (
        '<p dir="auto"><a class="mention" href="/p/ada">@ada</a> '
        '<a class="tag" href="/tags/c++">c++</a> '
        '<a class="topic" href="/t/abcdefghij">Pumps &amp; &lt;valves&gt;</a> @zed #x</p>\n'
    )
    assert rendered.excerpt == "@ada c++ Pumps & <valves> @zed #x"
    assert (rendered.mentions, rendered.tag_names, rendered.topic_ids) == (
        ("ada",),
        ("c++",),
        ("abcdefghij",),
    )


def test_render_post_asks_once_per_kind(settings: Settings) -> None:
    settings.REFERENCE_KINDS = f"{__name__}.TABLE"
    ASKED.clear()
    rendered = render_post("@ada @ben @ada @zed #tag", space_id=7)
    assert ASKED == [("person", ["ada", "ben", "zed"], 7)]
    assert rendered.mentions == ("ada", "ben")


def test_render_post_leaves_kinds_that_it_was_not_asked_for(settings: Settings) -> None:
    settings.REFERENCE_KINDS = f"{__name__}.TABLE"
    rendered = render_post("@ada #tag", space_id=None, kinds={"tag"})
    assert rendered.html == '<p dir="auto">@ada #tag</p>\n'


def test_render_drops_unsafe_target() -> None:
    unsafe = {"person": {"ada": Target("javascript:alert(1)", "@ada")}}
    assert "javascript" not in render("@ada", references=unsafe).html
