from pathlib import Path

from django.contrib.staticfiles import finders

from frontend.stylesheet import NAME, PARTS, SOURCE, StylesheetFinder, joined


def test_every_part_is_joined_once() -> None:
    assert sorted(PARTS) == sorted(path.stem for path in SOURCE.glob("*.css"))


def test_parts_stand_in_their_order() -> None:
    starts = [joined().index((SOURCE / f"{name}.css").read_text()) for name in PARTS]
    assert starts == sorted(starts)


def test_layers_are_named_before_the_first_rule() -> None:
    before_rules = joined()[: joined().index("{")]
    assert "@layer tokens, base, layout, parts, phone;" in before_rules


def test_finder_gives_the_joined_file() -> None:
    found = finders.find(NAME)
    assert found is not None
    assert Path(found).read_text() == joined()


def test_finder_lists_it_for_collectstatic() -> None:
    ((name, storage),) = StylesheetFinder().list([])
    assert name == NAME
    assert storage.open(name).read().decode() == joined()


def test_finder_knows_nothing_else() -> None:
    assert StylesheetFinder().find("css/other.css") is None
    assert StylesheetFinder().find("css/other.css", find_all=True) == []


def test_addresses_in_the_stylesheet_exist() -> None:
    for font in ("figtree-latin.woff2", "figtree-latin-ext.woff2"):
        assert f'url("../vendor/{font}")' in joined()
        assert finders.find(f"vendor/{font}")
