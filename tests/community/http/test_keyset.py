from datetime import UTC
from urllib.parse import quote

import pytest
from django.core.signing import b62_encode
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.models import User
from community.http.keyset import PURPOSE, BadCursor, Order, Page, _read, _write, keyset_page
from community.http.sealing import seal
from community.spaces.models import Space
from tests.factories.community import make_person

pytestmark = pytest.mark.slow

BY_NAME = Order(("name", "id"))
NEWEST = Order(("-created_at", "-id"))


def sealed(values: str) -> str:
    return seal(values.encode(errors="surrogatepass"), PURPOSE)


def names(page: Page[User]) -> list[str]:
    return [person.name for person in page.rows]


def people(*given_names: str) -> None:
    for number, name in enumerate(given_names):
        make_person(name, handle=f"p{number}")


def test_pages_follow_each_other_and_lead_back(db: None) -> None:
    people("Ada", "Ben", "Cleo", "Dan", "Eve")

    first = keyset_page(User.objects.all(), BY_NAME, size=2)
    second = keyset_page(User.objects.all(), BY_NAME, size=2, after=first.older or "")
    third = keyset_page(User.objects.all(), BY_NAME, size=2, after=second.older or "")
    back = keyset_page(User.objects.all(), BY_NAME, size=2, before=third.newer or "")
    start = keyset_page(User.objects.all(), BY_NAME, size=2, before=back.newer or "")

    assert [names(page) for page in (first, second, third)] == [
        ["Ada", "Ben"],
        ["Cleo", "Dan"],
        ["Eve"],
    ]
    assert (first.newer, third.older) == (None, None)
    assert names(back) == ["Cleo", "Dan"]
    assert (names(start), start.newer) == (["Ada", "Ben"], None)


def test_page_neither_doubles_nor_drops_a_row_when_one_is_added_before_it(db: None) -> None:
    people("Ada", "Ben", "Cleo", "Dan")
    first = keyset_page(User.objects.all(), BY_NAME, size=2)

    make_person("Abe")
    second = keyset_page(User.objects.all(), BY_NAME, size=2, after=first.older or "")

    assert names(first) + names(second) == ["Ada", "Ben", "Cleo", "Dan"]


def test_rows_with_the_same_name_are_told_apart_by_id(db: None) -> None:
    people("Ada", "Ada", "Ada")
    first = keyset_page(User.objects.all(), BY_NAME, size=2)
    second = keyset_page(User.objects.all(), BY_NAME, size=2, after=first.older or "")

    assert [p.handle for p in (*first.rows, *second.rows)] == ["p0", "p1", "p2"]


def test_names_with_separators_and_other_scripts_make_cursors(db: None) -> None:
    people("A!b~c&d", "Béa Ω", "Cé")
    first = keyset_page(User.objects.all(), BY_NAME, size=1)
    second = keyset_page(User.objects.all(), BY_NAME, size=1, after=first.older or "")
    third = keyset_page(User.objects.all(), BY_NAME, size=1, after=second.older or "")

    assert names(first) + names(second) + names(third) == ["A!b~c&d", "Béa Ω", "Cé"]


def test_annotated_columns_can_be_keys(db: None) -> None:
    people("Ada", "Ben")
    rows = User.objects.annotate(called=F("name"))
    first = keyset_page(rows, Order(("called", "id")), size=1)
    second = keyset_page(rows, Order(("called", "id")), size=1, after=first.older or "")

    assert names(second) == ["Ben"]


@pytest.mark.parametrize("way", ["after", "before"])
def test_page_begins_in_the_index_where_the_cursor_is(db: None, way: str) -> None:
    """An index that is read from its start on costs a deep page more than a shallow one."""
    people(*(f"Ada {number:03}" for number in range(60)))
    middle = list(User.objects.order_by("name", "id"))[30]
    cursor = sealed(f"s{quote(middle.name)}!i{b62_encode(middle.pk)}")
    with CaptureQueriesContext(connection) as asked, connection.cursor() as database:
        if connection.vendor == "postgresql":
            database.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        keyset_page(User.objects.all(), BY_NAME, size=5, **{way: cursor})
        plan = explained(asked.captured_queries[-1]["sql"])

    side = ">=" if way == "after" else "<="
    if connection.vendor == "postgresql":
        assert f"Index Cond: ((name)::text {side} '{middle.name}'::text)" in plan
    else:
        assert plan == f"SEARCH community_user USING INDEX person_by_name (name{side[0]}?)"


def explained(sql: str) -> str:
    plan = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{plan} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "sAda",
        "!",
        "!!",
        "tzzzzzzzzzzzzzzzzzz!i1",
        "q1!i1",
        "sAda!i1",
        "f!i1",
        "i99999999999999999999!i1",
        "t1!sAda",
        "s%00!i1",
        "\ud800!i1",
    ],
)
def test_damaged_cursor_is_refused(db: None, cursor: str) -> None:
    for after in (cursor, sealed(cursor)):
        with pytest.raises(BadCursor):
            list(keyset_page(User.objects.all(), NEWEST, size=2, after=after).rows)


def test_cursor_tells_nobody_the_ids_of_rows(db: None) -> None:
    people("Ada", "Ben", "Cleo")
    first = keyset_page(User.objects.all(), BY_NAME, size=1).older or ""
    second = keyset_page(User.objects.all(), BY_NAME, size=1, after=first).older or ""
    ids = [f"!i{b62_encode(pk)}" for pk in User.objects.values_list("pk", flat=True)]
    assert not any(written in cursor for written in ids for cursor in (first, second))
    assert first[:8] != second[:8]
    assert keyset_page(User.objects.all(), BY_NAME, size=1).older == first, "addresses stay"


@pytest.mark.parametrize(
    "path", ["/people", "/spaces", "/s/workshop/members", "/admin/work?show=jobs"]
)
def test_damaged_cursor_leads_to_the_first_page_with_a_note(
    client: Client, admin: User, space: Space, path: str
) -> None:
    client.force_login(admin)

    answer = client.get(f"{path}{'&' if '?' in path else '?'}after=nonsense")

    assert answer.status_code == 200
    assert "here is its first page." in answer.content.decode()
    assert "here is its first page." not in client.get(path).content.decode()


@pytest.mark.parametrize("way", ["after", "before"])
def test_cursor_with_nothing_beyond_it_leads_to_the_first_page_with_a_note(
    client: Client, ada: User, way: str
) -> None:
    client.force_login(ada)
    cursor = sealed("sAda!i" + b62_encode(ada.pk))

    page = client.get("/people", {way: cursor}).content.decode()

    assert ("here is its first page." in page, "@ada" in page) == (True, True)


@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        st.integers(min_value=-(2**62), max_value=2**62),
        st.floats(allow_nan=False),
        st.datetimes(timezones=st.just(UTC)),
    )
)
def test_cursor_reads_what_it_wrote(value: object) -> None:
    assert _read(_write(value)) == value
