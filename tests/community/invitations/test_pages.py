from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.invitations.actions import (
    LinkTerms,
    Wish,
    invite,
    invite_all,
    make_invitation_link,
)
from community.invitations.models import Invitation, InvitationLink
from community.invitations.pruning import prune_invitations
from community.invitations.tokens import token_of
from community.jobs.models import BackgroundJob
from community.spaces.models import Space
from tests.factories.community import make_unit

pytestmark = pytest.mark.slow

TABLE = "/admin/invitations/table"


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_seven_queries(
    client: Client, admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        invite(Wish(f"p{number}@example.com", unit=make_unit()), by=admin)
    client.force_login(admin)

    with django_assert_num_queries(7):
        page = client.get("/admin/invitations")
    assert page.content.decode().count("Send again") == count


def test_stranger_sees_and_changes_nothing(
    client: Client, zed: User, admin: User, invited: Invitation
) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=1), by=admin)
    client.force_login(zed)
    paths = [
        "/admin/invitations",
        "/admin/invitations/new",
        TABLE,
        "/admin/invitations/links",
        "/admin/invitations/links/new",
        f"/admin/invitations/links/{link.public_id}",
    ]
    writes = [
        f"/admin/invitations/{invited.public_id}/repeat",
        f"/admin/invitations/{invited.public_id}/withdrawal",
        f"/admin/invitations/links/{link.public_id}/withdrawal",
        *paths[1:3],
        paths[4],
    ]
    before = list(Invitation.objects.values()), list(InvitationLink.objects.values())

    assert {client.get(path).status_code for path in paths} == {403}
    assert {client.post(path, {"email": "x@y.org"}).status_code for path in writes} == {403}
    assert (list(Invitation.objects.values()), list(InvitationLink.objects.values())) == before


def test_form_invites_into_unit_and_space(client: Client, admin: User, space: Space) -> None:
    unit = make_unit("Team")
    client.force_login(admin)
    fields = {
        "email": "ida@example.com",
        "name": "Ida",
        "unit": unit.public_id,
        "title": "Cook",
        "spaces": ["workshop"],
    }

    answer = client.post("/admin/invitations/new", fields)

    made = Invitation.objects.get()
    assert (answer.status_code, made.unit, list(made.spaces.all())) == (303, unit, [space])


def test_form_offers_no_space_of_others(client: Client, admin: User, secret: Space) -> None:
    client.force_login(admin)

    answer = client.post(
        "/admin/invitations/new", {"email": "ida@example.com", "spaces": ["cellar"]}
    )

    assert answer.status_code == 422
    assert "Cellar" not in answer.content.decode()
    assert not Invitation.objects.exists()


def test_table_is_checked_then_carried_out(client: Client, admin: User, space: Space) -> None:
    make_unit("Team", parent=make_unit("Firm"))
    client.force_login(admin)
    text = (
        "Email;Name;Unit;Title;Spaces;Shoe\r\n"
        "ida@example.com;Ida;firm / team;Cook;/s/workshop;38\r\n"
        "nonsense;Al;;;;\r\n"
        'IDA@example.com;"Two\r\nlines";;;;\r\n'
        "kim@example.com;Kim;Nowhere;;den;\r\n"
        "lou@example.com;Lou;;Cook;;\r\n"
        "max@example.com\r\n"
    )
    file = SimpleUploadedFile("people.csv", text.encode("utf-8-sig"))

    page = client.post(TABLE, {"file": file, "text": ""})

    assert page.status_code == 200
    plan = page.context["plan"]
    assert [(row.line, row.column, row.text) for row in plan.bad] == [
        (3, "email", "Enter an address such as ada@example.com."),
        (4, "email", "This address stands on line 2 too. Keep one of them."),
        (6, "unit", "There is no unit “Nowhere”. Write it as the list of people does."),
        (
            6,
            "spaces",
            (
                "You can't invite into “den”. Write the end of the address of a space that is open"
                " or that you look after."
            ),
        ),
        (7, "unit", "Name the unit of this job, or leave the title out."),
    ]
    assert ([wish.email for wish in plan.wishes], plan.ignored) == (
        ["ida@example.com", "max@example.com"],
        ["shoe"],
    )
    assert not Invitation.objects.exists()

    form = page.context["form"]
    fields = {"text": form["text"].value(), "checked": form["checked"].value()}
    changed = client.post(TABLE, fields | {"text": fields["text"] + "new@example.com\n"})
    assert (changed.status_code, Invitation.objects.count()) == (200, 0)
    done = client.post(TABLE, fields)

    assert (done.status_code, done["Location"]) == (303, "/admin/invitations")
    found = Invitation.objects.order_by("id")
    assert [(row.email, row.title, list(row.spaces.all())) for row in found] == [
        ("ida@example.com", "Cook", [space]),
        ("max@example.com", "", []),
    ]
    assert BackgroundJob.objects.get().args == [[row.pk for row in found]]


def test_second_run_of_a_table_invites_nobody(client: Client, admin: User) -> None:
    client.force_login(admin)
    text = "email\nida@example.com\n"
    for _ in range(2):
        form = client.post(TABLE, {"text": text}).context["form"]
        client.post(TABLE, {"text": text, "checked": form["checked"].value() or "x"})

    assert Invitation.objects.count() == BackgroundJob.objects.count() == 1


def test_table_of_which_somebody_invited_one_meanwhile_is_shown_again(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(admin)
    text = "email\nida@example.com\nkim@example.com\n"
    form = client.post(TABLE, {"text": text}).context["form"]

    def meanwhile(wishes: list[Wish], *, by: User) -> int:
        monkeypatch.undo()
        invite_all(wishes[:1], by=by)
        return invite_all(wishes, by=by)

    monkeypatch.setattr("community.invitations.bulk_views.invite_all", meanwhile)
    page = client.post(TABLE, {"text": text, "checked": form["checked"].value()})

    assert page.status_code == 200
    assert [wish.email for wish in page.context["plan"].wishes] == ["kim@example.com"]
    assert page.context["form"]["text"].value() == text
    assert "This address is invited already." in page.content.decode()


def test_every_fault_of_a_table_is_shown(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.post(TABLE, {"text": "email\n" + "nonsense\n" * 150})
    assert page.content.decode().count("Enter an address such as") == 150


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"text": " "}, "text", "Choose a file, or paste the table."),
        (
            {"text": "name\nIda"},
            "text",
            "The first line has to name the columns, and these are missing: email.",
        ),
        ({"text": "email\n" + "a@x.org\n" * 4}, "text", "more than 3 rows"),
    ],
)
def test_unreadable_table_is_shown_again_with_its_field(
    client: Client,
    admin: User,
    settings: Settings,
    fields: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    settings.MAX_INVITATIONS_AT_ONCE = 3
    client.force_login(admin)

    answer = client.post(TABLE, fields)

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]


def test_file_in_another_encoding_is_refused_by_its_line(client: Client, admin: User) -> None:
    client.force_login(admin)
    file = SimpleUploadedFile("people.csv", "email,name\na@x.org,Zoë\n".encode("latin-1"))

    answer = client.post(TABLE, {"file": file})

    assert answer.context["form"].errors == {
        "file": ["Line 2 isn't UTF-8. Save the file as “CSV UTF-8” and send it again."]
    }


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"days": "91"}, {"days": ["Choose a number from 1 to 90."]}),
        ({"max_uses": "11"}, {"max_uses": ["Choose a number from 1 to 10."]}),
    ],
)
def test_link_beyond_the_limits_is_refused(
    client: Client,
    admin: User,
    settings: Settings,
    fields: dict[str, str],
    errors: dict[str, list[str]],
) -> None:
    settings.MAX_LINK_USES = 10
    client.force_login(admin)
    path, good = "/admin/invitations/links/new", {"days": "90", "max_uses": "10"}

    assert client.post(path, good | fields).context["form"].errors == errors
    assert client.post(path, good).status_code == 303
    assert InvitationLink.objects.count() == 1


def test_link_is_shown_until_it_is_closed(client: Client, admin: User) -> None:
    link = make_invitation_link(LinkTerms(days=1, max_uses=3), by=admin)
    client.force_login(admin)
    path = f"/admin/invitations/links/{link.public_id}"
    assert token_of(link) in client.get(path).content.decode()

    client.post(f"{path}/withdrawal")

    assert token_of(link) not in client.get(path).content.decode()


def test_what_ended_long_ago_unanswered_is_forgotten(admin: User, invited: Invitation) -> None:
    old = timezone.now() - timedelta(days=91)
    kept = invite(Wish("new@example.com"), by=admin)
    Invitation.objects.filter(pk=invited.pk).update(expires_at=old)

    assert prune_invitations() == 1
    assert list(Invitation.objects.all()) == [kept]
