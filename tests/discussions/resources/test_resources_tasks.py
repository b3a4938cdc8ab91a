"""What the worker asks of shared pages, from a real server of this machine."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.attachments.access import readable_files
from community.jobs.models import BackgroundJob
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.resources.actions import describe_resource
from discussions.resources.canonical import key_of
from discussions.resources.keeping import NO_DETAILS
from discussions.resources.models import Link
from discussions.resources.page_head import PageHead, read_head
from discussions.resources.queries import already_shared, also_shared
from discussions.resources.tasks import check_due_links, check_links, read_link
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from tests.discussions.resources.sites import PAGE, Answers, running_site
from tests.factories.discussions import make_link, opening
from tests.factories.files import picture_bytes

pytestmark = pytest.mark.slow


@pytest.fixture
def site(settings: Settings) -> Iterator[Answers]:
    """What wiki.localhost answers by path; the test writes into it."""
    answers = {
        "/guide": (200, "text/html; charset=utf-8", PAGE),
        "/picture.png": (200, "image/png", picture_bytes()),
    }
    with running_site(answers) as host:
        settings.OUTGOING_HOSTS = [host]
        yield answers


@pytest.fixture
def base(site: object, settings: Settings) -> str:
    return f"http://{settings.OUTGOING_HOSTS[0]}"


class Quiet:
    """Stands where the worker reports progress to."""

    def progress(self, done: int, total: int) -> None:
        """Nobody asks."""


def read(topic: Topic) -> Link:
    link = Link.objects.get(resource__topic=topic)
    read_link.function(None, link.pk)
    link.refresh_from_db()
    return link


def check(link: Link) -> Link:
    check_links.function(Quiet(), [link.pk])
    link.refresh_from_db()
    return link


def test_page_says_its_title_description_and_picture(
    space: Space, closed: Space, ada: User, zed: User, base: str
) -> None:
    link = read(make_link(closed, by=ada, url=f"{base}/guide", title="My own"))
    assert (link.page_title, link.description) == ("Tunnels & more", "How they are dug.")
    assert link.picture is not None
    assert link.picture.owner == ada
    assert readable_files(ada).filter(pk=link.picture.pk).exists()
    assert not readable_files(zed).filter(pk=link.picture.pk).exists()
    assert link.resource.topic.title == "My own"
    assert Event.objects.filter(name="link.read").count() == 1


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="/guide">',
        '<meta property="og:url" content="/guide?utm_source=letter#part">',
        # Another site's address and the start page are mistakes, or lies.
        '<link rel="canonical" href="https://example.org/guide">',
        '<link rel="canonical" href="/">',
        "",
    ],
)
def test_page_is_known_by_the_address_it_gives_itself(
    space: Space, ada: User, base: str, site: dict[str, Any], head: str
) -> None:
    site["/guide?page=1"] = (200, "text/html", f"<head>{head}</head>".encode())
    topic = make_link(space, by=ada, url=f"{base}/guide?page=1")
    link = read(topic)
    itself = "/guide" if "/guide" in head and "example" not in head else "/guide?page=1"
    assert link.own_key == key_of(f"{base}{itself}")
    assert [row.topic for row in already_shared(f"{base}{itself}", ada)] == [topic]


def test_page_is_known_by_where_its_address_leads(
    space: Space, closed: Space, ada: User, zed: User, base: str, site: dict[str, Any]
) -> None:
    site["/short"] = (301, "/guide", b"")
    short = make_link(closed, by=ada, url=f"{base}/short")
    long = make_link(space, by=ada, url=f"{base}/guide")
    shown = read(short)
    assert [row.topic for row in also_shared(shown.resource, ada)] == [long]
    assert [row.topic for row in also_shared(read(long).resource, ada)] == [short]
    assert also_shared(read(long).resource, zed) == []
    other = f"{base}/other"
    moved = describe_resource(short, by=ada, details=NO_DETAILS, based_on=1, url=other)
    assert Link.objects.get(resource=moved).own_key == ""


@pytest.mark.parametrize("to", ["/", "http://sso.localhost/login"])
def test_page_that_leads_to_the_start_or_to_a_sign_in_is_not_that(
    space: Space, ada: User, base: str, site: dict[str, Any], to: str
) -> None:
    site["/gone"] = (301, to, b"")
    site["/"] = (200, "text/html", b"<link rel=canonical href=/>")
    link = read(make_link(space, by=ada, url=f"{base}/gone"))
    assert link.own_key == ""
    assert already_shared(f"{base}/", ada) == []


def test_missing_title_is_taken_from_the_page_as_an_edit(
    space: Space, ada: User, base: str
) -> None:
    topic = make_link(space, by=ada, url=f"{base}/guide", title="")
    read(topic)
    topic.refresh_from_db()
    assert topic.title == "Tunnels & more"
    assert [row.reason for row in opening(topic).revisions.order_by("number")] == [
        "",
        "The title of the page",
    ]


def test_title_that_somebody_gave_in_between_stays(space: Space, ada: User, base: str) -> None:
    topic = make_link(space, by=ada, url=f"{base}/guide", title="")
    edit_post(opening(topic), by=ada, source="x", based_on=1, title="Mine")
    read(topic)
    topic.refresh_from_db()
    assert topic.title == "Mine"


@pytest.mark.parametrize(
    "answer",
    [
        (404, "text/html", PAGE),
        (200, "application/pdf", b"%PDF-1.7"),
        (200, "text/html", b"\xff\xfe\x00<title"),
        (200, "text/html; charset=nonsense", b""),
    ],
)
def test_page_without_a_head_leaves_the_link_as_it_is(
    space: Space, ada: User, base: str, site: dict[str, Any], answer: Any
) -> None:
    site["/guide"] = answer
    link = read(make_link(space, by=ada, url=f"{base}/guide"))
    assert (link.page_title, link.description, link.picture) == ("", "", None)
    assert link.read_at is not None


@pytest.mark.parametrize(
    "body", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nbroken", b"text"]
)
def test_picture_that_is_none_is_left_out(
    space: Space, ada: User, base: str, site: dict[str, Any], body: bytes
) -> None:
    site["/picture.png"] = (200, "image/png", body)
    link = read(make_link(space, by=ada, url=f"{base}/guide"))
    assert (link.page_title, link.picture) == ("Tunnels & more", None)


def test_page_of_the_own_network_is_not_asked(space: Space, ada: User) -> None:
    link = read(make_link(space, by=ada, url="http://127.0.0.1/admin"))
    assert (link.page_title, link.broken_since) == ("", None)


def test_link_is_broken_after_three_failures_and_mended_by_one_answer(
    space: Space, ada: User, base: str, site: dict[str, Any]
) -> None:
    link = read(make_link(space, by=ada, url=f"{base}/guide"))
    page = site.pop("/guide")
    for failures in (1, 2, 3):
        _let_pass(link, days=8)
        assert check(link).failures == failures
    assert link.broken_since is not None
    site["/guide"] = page
    _let_pass(link, days=8)
    assert check(Link.objects.get()).broken_since is None
    names = Event.objects.filter(name__in=["link.broken", "link.mended"])
    assert list(names.values_list("name", flat=True)) == ["link.broken", "link.mended"]


def test_page_that_was_away_when_it_was_shared_is_read_later(
    space: Space, ada: User, base: str, site: dict[str, Any]
) -> None:
    page = site["/guide"]
    site["/guide"] = (503, "text/html", b"Away")
    link = read(make_link(space, by=ada, url=f"{base}/guide"))
    assert link.page_title == ""
    site["/guide"] = page
    _let_pass(link, days=8)
    BackgroundJob.objects.all().delete()
    check(link)
    [job] = BackgroundJob.objects.all()
    assert job.args == [link.pk]
    read_link.function(None, link.pk)
    link.refresh_from_db()
    assert link.page_title != ""


def test_link_that_was_asked_this_week_is_not_asked_again(
    space: Space, ada: User, base: str
) -> None:
    link = read(make_link(space, by=ada, url=f"{base}/gone"))
    assert check(link).checked_at is None


def test_page_that_is_closed_to_machines_is_there(
    space: Space, ada: User, base: str, site: dict[str, Any]
) -> None:
    link = read(make_link(space, by=ada, url=f"{base}/guide"))
    site["/guide"] = (403, "text/html", b"No")
    _let_pass(link, days=8)
    assert check(link).failures == 0


def test_due_links_become_one_job(space: Space, ada: User, base: str) -> None:
    late, fresh = (read(make_link(space, by=ada, url=f"{base}/{n}")) for n in (1, 2))
    assert fresh.read_at is not None
    BackgroundJob.objects.all().delete()
    check_due_links()
    assert not BackgroundJob.objects.exists()
    _let_pass(late, days=8)
    check_due_links()
    assert BackgroundJob.objects.get().args == [[late.pk]]


def _let_pass(link: Link, *, days: int) -> None:
    then = timezone.now() - timedelta(days=days)
    Link.objects.filter(pk=link.pk).update(read_at=then, checked_at=then)


def test_head_is_read_from_whatever_names_a_page_uses() -> None:
    body = (
        b"<meta name=Description content=' a  b '><meta property='og:title' content='T'>"
        b"<title>Other</title><meta property='og:image' content='http://[bad'>"
    )
    assert read_head(body, url="https://x.example/", content_type="") == PageHead("T", "a b", "")


def test_head_is_read_in_the_charset_that_the_page_names() -> None:
    body = "<meta charset='iso-8859-1'><title>Grüße</title>".encode("latin-1")
    assert read_head(body, url="https://x.example/", content_type="text/html").title == "Grüße"
