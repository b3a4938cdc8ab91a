"""What people say of how to work with them."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.conflicts import EditConflict, Overlap
from community.profiles.actions import Details, edit_details
from community.profiles.models import ProfileDetails
from community.profiles.queries import details_of, shown_details

pytestmark = pytest.mark.slow

TYPED = {
    "pronouns": "she/her",
    "languages": "English, Hindi",
    "away_until": "",
    "stand_in": "",
    "links": "Runbooks https://example.com/runbooks\nhttps://example.org",
    "day_0": "9-17:30",
    "day_5": "",
    "version": "1",
}


def test_person_says_it_on_their_page_and_others_see_it(
    client: Client, ada: User, zed: User
) -> None:
    client.force_login(ada)
    assert 'href="/me/profile/details"' in client.get("/me/profile").content.decode()
    assert client.post("/me/profile/details", TYPED).status_code == 303

    details = details_of(ada)
    assert details.hours == [["09:00", "17:30"], None, None, None, None, None, None]
    assert details.links == [
        ["Runbooks", "https://example.com/runbooks"],
        ["https://example.org", "https://example.org"],
    ]
    client.force_login(zed)
    page = client.get(f"/p/{ada.handle}").content.decode()
    for words in ("she/her", "English, Hindi", "Runbooks", 'rel="noopener nofollow ugc"'):
        assert words in page
    client.force_login(ada)
    again = client.get("/me/profile/details").content.decode()
    assert 'value="09:00-17:30"' in again


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("pronouns", "x" * 41, "at most 40"),
        ("languages", "x" * 121, "at most 120"),
        ("day_0", "nine to five", "Write the hours as 9:00-17:30"),
        ("day_0", "25-26", "Write the hours as"),
        ("day_0", "17-9", "A day ends after it begins"),
        ("away_until", "soon", "date"),
        ("stand_in", "nobody", "Nobody has the handle"),
        ("stand_in", "@zed", "Say until when"),
        ("links", "javascript:alert(1)", "begins with https://"),
        ("links", "http://example.com", "begins with https://"),
        ("links", "https://", "begins with https://"),
        ("links", "https://example.com\n" * 6, "At most 5 links"),
        ("links", "https://example.com/" + "x" * 300, "300"),
    ],
)
def test_bad_input_is_named_at_its_field_and_kept(
    client: Client, ada: User, zed: User, field: str, typed: str, why: str
) -> None:
    client.force_login(ada)
    answer = client.post("/me/profile/details", TYPED | {field: typed})
    page = answer.content.decode()
    assert (answer.status_code, why in page, "Hindi" in page or field == "languages") == (
        422,
        True,
        True,
    )
    assert not ProfileDetails.objects.filter(person=ada, version__gt=1).exists()


def test_absence_is_shown_until_its_last_day_in_their_zone(
    client: Client, ada: User, zed: User
) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Tokyo")
    ada.refresh_from_db()
    edit_details(ada, Details(away_until=date(2026, 11, 24), stand_in=zed), by=ada)
    client.force_login(zed)
    for moment, away in (("2026-11-24 14:59:00Z", True), ("2026-11-24 15:01:00Z", False)):
        with time_machine.travel(moment, tick=False):
            page = client.get(f"/p/{ada.handle}/card").content.decode()
            assert ("Away until 24 November" in page) is away
            assert (f"{zed.name}</a> covers" in page) is away


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-11-23 08:00:00Z", True),
        ("2026-11-23 07:59:00Z", False),
        ("2026-11-23 16:00:00Z", False),
        ("2026-11-24 12:00:00Z", False),
    ],
)
def test_working_hours_are_those_of_their_zone(ada: User, moment: str, working: bool) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Europe/Berlin")
    ada.refresh_from_db()
    week: list[list[str] | None] = [["09:00", "17:00"], None, None, None, None, None, None]
    edit_details(ada, Details(hours=week), by=ada)
    with time_machine.travel(moment, tick=False):
        assert shown_details(ada, viewer=ada).is_working is working


def test_stand_in_is_somebody_else_with_an_account(ada: User, zed: User) -> None:
    User.objects.filter(pk=zed.pk).update(is_active=False)
    zed.refresh_from_db()
    for other in (ada, zed):
        with pytest.raises(ValidationError) as refused:
            edit_details(ada, Details(away_until=date(2026, 12, 1), stand_in=other), by=ada)
        assert "stand_in" in refused.value.message_dict


def test_only_the_person_and_those_who_manage_people_edit(
    ada: User, zed: User, admin: User
) -> None:
    with pytest.raises(PermissionDenied):
        edit_details(ada, Details(), by=zed)
    assert edit_details(ada, Details(pronouns="they"), by=admin).pronouns == "they"


def test_conflicting_edit_shows_both(client: Client, ada: User) -> None:
    edit_details(ada, Details(pronouns="she"), by=ada)
    edit_details(ada, Details(pronouns="they"), by=ada)
    client.force_login(ada)
    answer = client.post("/me/profile/details", TYPED | {"version": "2"})
    page = answer.content.decode()
    assert (answer.status_code, "they" in page, "she/her" in page) == (409, True, True)
    with pytest.raises(EditConflict):
        edit_details(ada, Details(), by=ada, based_on=1)


def test_conflict_lists_only_what_was_saved_otherwise(client: Client, ada: User) -> None:
    client.force_login(ada)
    client.post("/me/profile/details", TYPED)
    saved = details_of(ada)
    same = {"languages": saved.languages, "hours": saved.hours, "links": saved.links}
    edit_details(ada, Details(pronouns="they", **same), by=ada)
    answer = client.post("/me/profile/details", TYPED | {"version": "2"})
    assert answer.status_code == 409
    assert answer.context["overlaps"] == [Overlap("Pronouns", "they")]


def test_card_is_for_colleagues_and_kept_shortly(
    client: Client, ada: User, zed: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert client.get(f"/p/{ada.handle}/card").status_code == 302
    client.force_login(zed)
    client.get(f"/p/{ada.handle}/card")
    with django_assert_num_queries(6):
        card = client.get(f"/p/{ada.handle}/card")
    assert (card.status_code, card["Cache-Control"]) == (200, "private, max-age=60")
    assert client.get("/p/nobody/card").status_code == 404
