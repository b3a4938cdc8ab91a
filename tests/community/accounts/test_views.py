import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.actions import change_handle
from community.accounts.models import User
from tests.factories.community import make_job, make_person, make_unit

pytestmark = pytest.mark.slow


def titles(page: str) -> list[str]:
    return [
        part.split("<")[0]
        for part in page.split('class="title"')[1:]
        for part in [part.split(">", 1)[1]]
    ]


@pytest.mark.parametrize(
    "path", ["/people", "/people/suggest?q=a", "/p/ada", "/me/profile", "/me/account"]
)
def test_anonymous_people_are_sent_to_sign_in(client: Client, ada: User, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


def test_directory_lists_active_colleagues_by_name(client: Client, ada: User, zed: User) -> None:
    make_person("Ben")
    User.objects.filter(pk=make_person("Gone").pk).update(is_active=False)
    client.force_login(zed)

    assert titles(client.get("/people").content.decode()) == ["Ada", "Ben", "Zed"]
    assert titles(client.get("/people?q=be").content.decode()) == ["Ben"]


def test_directory_goes_on_after_25_people(client: Client, zed: User) -> None:
    for number in range(26):
        make_person(f"A{number:02}")
    client.force_login(zed)

    first = client.get("/people")
    second = client.get("/people", {"after": first.context["page"].older})

    assert len(titles(first.content.decode())) == 25
    assert titles(second.content.decode()) == ["A25", "Zed"]


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_seven_queries(
    client: Client, zed: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_person()
    client.force_login(zed)

    with django_assert_num_queries(7):
        client.get("/people?q=e")


def test_directory_of_an_unknown_unit_is_404(client: Client, zed: User) -> None:
    client.force_login(zed)

    assert client.get("/people?unit=nothing").status_code == 404


def test_directory_of_a_unit_lists_who_works_there(client: Client, ada: User, zed: User) -> None:
    unit = make_unit()
    make_job(ada, unit)
    client.force_login(zed)

    assert titles(client.get(f"/people?unit={unit.public_id}").content.decode()) == ["Ada"]


def test_suggestions_are_whole_people(client: Client, ada: User, zed: User) -> None:
    client.force_login(zed)

    assert client.get("/people/suggest?q=ad").json() == {
        "people": [
            {
                "handle": "ada",
                "name": "Ada",
                "headline": "",
                "initials": "A",
                "hue": ada.hue,
                "url": "/p/ada",
                "mark": "",
            }
        ]
    }


def test_suggestion_of_a_guest_says_so(client: Client, gil: User, zed: User) -> None:
    client.force_login(zed)
    (found,) = client.get("/people/suggest?q=gil").json()["people"]
    assert (found["handle"], found["mark"]) == ("gil", "Guest")


def test_former_handle_redirects_to_the_present_one(client: Client, ada: User, zed: User) -> None:
    change_handle(ada, "countess", by=ada)
    client.force_login(zed)

    answer = client.get("/p/ada")

    assert (answer.status_code, answer["Location"]) == (302, "/p/countess")


def test_unknown_handle_is_404(client: Client, zed: User) -> None:
    client.force_login(zed)

    assert client.get("/p/nobody").status_code == 404


@time_machine.travel("2026-11-24 12:00:00Z")
def test_profile_tells_job_manager_reports_and_local_time(client: Client, zed: User) -> None:
    boss = make_person("Ruth")
    person = make_person("Priya", time_zone="Asia/Kolkata", about="Networks.")
    unit = make_unit("Platform")
    make_job(person, unit, title="Engineer", manager=boss)
    make_job(make_person("Tom"), unit, manager=person)
    client.force_login(zed)

    page = client.get("/p/priya").content.decode()

    for text in ("Engineer", "Platform", "Ruth", "Tom", "It is 17:30 for them.", "Networks."):
        assert text in page
    assert "priya@example.com" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_profile_costs_thirteen_queries(
    client: Client,
    ada: User,
    zed: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = make_unit()
    for _ in range(count):
        make_job(make_person(), unit, manager=ada)
    client.force_login(zed)

    with django_assert_num_queries(13):
        client.get("/p/ada")


PROFILE = {
    "name": "Ada King",
    "about": "Engines.",
    "city": "Turin",
    "time_zone": "Europe/Rome",
    "locale": "en",
}


SENT = PROFILE | {"version": "1"}


def test_profile_is_saved(client: Client, ada: User) -> None:
    client.force_login(ada)

    answer = client.post("/me/profile", SENT)

    ada.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/me/profile")
    assert {name: getattr(ada, name) for name in PROFILE} == PROFILE


def test_bad_profile_is_shown_again_with_everything_typed(client: Client, ada: User) -> None:
    client.force_login(ada)

    answer = client.post("/me/profile", SENT | {"name": " ", "time_zone": "Mars/Base"})

    page = answer.content.decode()
    ada.refresh_from_db()
    assert (answer.status_code, ada.name) == (422, "Ada")
    assert "Engines." in page
    assert sorted(answer.context["form"].errors) == ["name", "time_zone"]


def test_later_of_two_tabs_sees_both_profiles_and_keeps_what_was_typed(
    client: Client, ada: User
) -> None:
    client.force_login(ada)
    client.post("/me/profile", SENT | {"city": "Lyon"})

    answer = client.post("/me/profile", SENT | {"about": "Looms."})

    page = answer.content.decode()
    ada.refresh_from_db()
    assert (answer.status_code, ada.city, ada.about) == (409, "Lyon", "Engines.")
    assert [(one.label, one.saved) for one in answer.context["overlaps"]] == [
        ("About you", "Engines."),
        ("City", "Lyon"),
    ]
    assert ("Engines.</dd>" in page, "Looms.</textarea>" in page) == (True, True)
    form = answer.context["form"]
    assert {name: form[name].value() for name in ("city", "version")} == {
        "city": "Turin",
        "version": 2,
    }
    client.post("/me/profile", SENT | {"about": "Looms.", "version": "2"})
    ada.refresh_from_db()
    assert (ada.city, ada.about, ada.profile_version) == ("Turin", "Looms.", 3)


def test_profile_that_is_sent_twice_is_saved_once(client: Client, ada: User) -> None:
    client.force_login(ada)

    statuses = [client.post("/me/profile", SENT).status_code for _ in range(2)]

    ada.refresh_from_db()
    assert (statuses, ada.profile_version) == ([303, 303], 2)


def test_profile_without_a_version_is_refused(client: Client, ada: User) -> None:
    client.force_login(ada)

    answer = client.post("/me/profile", PROFILE)

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["version"])
    assert "Copy your text and open this page again" in answer.content.decode()


def test_handle_is_changed_or_the_reason_given(client: Client, ada: User, ben: User) -> None:
    client.force_login(ada)

    taken = client.post("/me/handle", {"handle": "ben"})
    changed = client.post("/me/handle", {"handle": "Countess"})

    assert taken.status_code == 422
    assert taken.context["handle_form"].errors == {"handle": ["Somebody has or had this handle."]}
    assert (changed.status_code, User.objects.get(pk=ada.pk).handle) == (303, "countess")


def test_account_shows_ones_own_mail(client: Client, ada: User) -> None:
    client.force_login(ada)

    assert "ada@example.com" in client.get("/me/account").content.decode()


def test_times_and_language_of_the_person_hold_for_the_request(client: Client, db: None) -> None:
    person = make_person("Priya", time_zone="Asia/Kolkata")
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(created_at="2026-11-24T20:00:00Z")

    with time_machine.travel("2026-11-24 20:00:00Z"):
        assert "Good evening" in client.get("/").content.decode()
    with time_machine.travel("2026-11-24 01:00:00Z"):
        assert "Good morning" in client.get("/").content.decode()


def test_unknown_zone_falls_back_to_utc(client: Client, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Mars/Base", locale="xx")
    client.force_login(ada)

    assert client.get("/p/ada").status_code == 200
