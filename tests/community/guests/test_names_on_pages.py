"""A guest's page leads only to people whom the guest sees."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.actions import change_handle
from community.accounts.models import User
from community.guests.names import page_as_told_to
from community.spaces.membership import invite_to_space, leave_space
from community.spaces.models import Space, Visibility
from discussions.topics.models import Topic
from tests.factories.community import add_member, make_space
from tests.factories.discussions import make_answer, make_comment

pytestmark = pytest.mark.slow


@pytest.fixture
def answered(question: Topic, mia: User, zed: User) -> Topic:
    """Ada and Zed write in an open space without being members; Mia, who is one, names them."""
    User.objects.filter(pk__in=[mia.pk, zed.pk]).update(headline="Welder, Graz", photo="f00000000f")
    User.objects.filter(pk=mia.pk).update(photo="m00000000m")
    mia.refresh_from_db()
    zed.refresh_from_db()
    answer = make_answer(question, by=zed)
    make_comment(answer, by=zed)
    make_answer(question, by=mia, source="As @zed says, and [he](/p/zed?x=1).")
    return question


def shown(client: Client, address: str, viewer: User) -> str:
    client.force_login(viewer)
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_names_of_people_whom_a_guest_does_not_see_are_text(
    client: Client, answered: Topic, gil: User, ada: User
) -> None:
    page = shown(client, answered.get_absolute_url(), gil)
    assert client.get("/p/zed").status_code == client.get("/p/ada").status_code == 404
    assert {part for part in page.split('"') if part.startswith("/p/")} == {"/p/gil", "/p/mia"}
    assert (page.count("Welder, Graz"), page.count("/photos/")) == (1, 1)
    assert page.count("<b>Zed</b>") == 2
    assert "As @zed says, and he." in page

    colleague = shown(client, answered.get_absolute_url(), ada)
    assert colleague.count('href="/p/zed"') == 3
    assert (colleague.count("Welder, Graz"), colleague.count("/photos/")) == (2, 2)


def test_name_leads_on_again_once_they_share_a_space(
    client: Client, answered: Topic, space: Space, gil: User, mia: User, zed: User
) -> None:
    add_member(space, zed, actor=mia)
    assert shown(client, answered.get_absolute_url(), gil).count('href="/p/zed"') == 3
    leave_space(space, by=zed)
    assert 'href="/p/zed"' not in shown(client, answered.get_absolute_url(), gil)


def test_owners_of_a_space_that_a_guest_is_only_invited_to_are_text(
    client: Client, gil: User, mia: User, ada: User
) -> None:
    User.objects.filter(pk=ada.pk).update(headline="Welder, Graz")
    vault = make_space("Vault", owner=ada, visibility=Visibility.CLOSED)
    invite_to_space(vault, gil, by=ada)
    page = shown(client, vault.url, gil)
    assert "<b>Ada</b>" in page
    assert 'href="/p/ada"' not in page
    assert "Welder, Graz" not in page


def test_former_handle_of_somebody_seen_still_leads_there(gil: User, mia: User) -> None:
    change_handle(mia, "mia-lind", by=mia)
    link = '<p><a class="link" href="/p/mia">Mia</a></p>'
    assert page_as_told_to(gil, link) == link


@pytest.mark.parametrize(("people", "queries"), [(0, 0), (1, 1), (3, 1)])
def test_guest_pays_one_query_for_all_names(
    gil: User,
    people: int,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page = '<a href="/p/gil">Gil</a>' + "".join(
        f'<a href="/p/one-{number}">One</a>' for number in range(people)
    )
    with django_assert_num_queries(queries):
        assert page_as_told_to(gil, page) == '<a href="/p/gil">Gil</a>' + "One" * people
