"""Shared files and videos: what is stored, who may read and replace them, captions, players."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.attachments.access import readable_files
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.resources.captions import MAX_BYTES, clean_captions
from discussions.resources.embeds import embed_of
from discussions.resources.files import (
    MAX_NOTE,
    MAX_VERSIONS,
    add_version,
    bring_back_version,
    remove_captions,
    set_captions,
    share_file,
)
from discussions.resources.models import Captions, Version
from discussions.topics.models import Kind, Topic
from tests.factories.discussions import make_link, make_shared_file
from tests.factories.files import make_file, make_film

pytestmark = pytest.mark.slow

SAID = b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello.\n"


@pytest.fixture
def plan(space: Space, ada: User) -> Topic:
    return make_shared_file(space, by=ada, file=make_file(ada, name="plan.txt"))


@pytest.fixture
def film(space: Space, ada: User) -> Topic:
    return make_shared_file(space, by=ada, file=make_film(ada))


def versions(topic: Topic) -> list[tuple[int, str, str]]:
    rows = Version.objects.filter(resource__topic=topic).order_by("number")
    return [(row.number, row.file.name, row.note) for row in rows.select_related("file")]


def test_file_and_video_are_topics_of_their_kinds(plan: Topic, film: Topic) -> None:
    assert (plan.kind, plan.title) == (Kind.FILE, "plan")
    assert (film.kind, film.title) == (Kind.VIDEO, "film")
    assert versions(plan) == [(1, "plan.txt", "")]


def test_file_is_read_by_those_who_read_its_topic(
    closed: Space, space: Space, ada: User, zed: User
) -> None:
    hidden = make_shared_file(closed, by=ada)
    shown = make_shared_file(space, by=ada)
    file = shown.resource.versions.get().file
    assert list(readable_files(zed)) == [file]
    assert readable_files(ada).count() == 2
    assert hidden.resource.versions.get().file not in readable_files(zed)


@pytest.mark.parametrize("whose", ["nobody", "zed"])
def test_only_what_one_sent_oneself_is_shared(
    space: Space, ada: User, zed: User, whose: str
) -> None:
    sent = make_file(zed).public_id if whose == "zed" else ""
    with pytest.raises(ValidationError) as refused:
        share_file(space, by=ada, file=sent, title="", source="", tags=["vpn"])
    assert refused.value.message_dict == {"file": ["Choose a file first."]}
    assert not Topic.objects.exists()


def test_newer_version_counts_and_the_earlier_is_kept(plan: Topic, ada: User, zed: User) -> None:
    add_version(plan, by=ada, file=make_file(ada, b"New.", "plan2.txt").public_id, note="Shorter")
    bring_back_version(plan, by=ada, number=1)
    assert versions(plan) == [
        (1, "plan.txt", ""),
        (2, "plan2.txt", "Shorter"),
        (3, "plan.txt", "Back to version 1"),
    ]
    assert readable_files(zed).count() == 2
    told = Event.objects.filter(name="resource.version_added")
    assert [event.data["number"] for event in told.order_by("pk")] == [2, 3]


def test_others_give_no_version_and_no_captions(film: Topic, zed: User) -> None:
    with pytest.raises(PermissionDenied):
        add_version(film, by=zed, file=make_film(zed).public_id)
    with pytest.raises(PermissionDenied):
        bring_back_version(film, by=zed, number=1)
    with pytest.raises(PermissionDenied):
        set_captions(film, by=zed, language="en", content=SAID)
    with pytest.raises(PermissionDenied):
        remove_captions(film, by=zed, language="en")
    assert Version.objects.count() == 1


def test_video_takes_the_place_of_videos_only(plan: Topic, film: Topic, ada: User) -> None:
    for topic, file in ((film, make_file(ada)), (plan, make_film(ada))):
        with pytest.raises(ValidationError) as refused:
            add_version(topic, by=ada, file=file.public_id)
        assert "video" in refused.value.message_dict["file"][0]


def test_note_and_number_of_versions_have_their_limits(plan: Topic, ada: User) -> None:
    file = make_file(ada).public_id
    add_version(plan, by=ada, file=file, note="x" * MAX_NOTE)
    with pytest.raises(ValidationError) as refused:
        add_version(plan, by=ada, file=file, note="x" * (MAX_NOTE + 1))
    assert list(refused.value.message_dict) == ["note"]
    resource, stored = plan.resource, plan.resource.versions.get(number=1).file
    Version.objects.bulk_create(
        Version(resource=resource, number=number, file=stored) for number in range(3, MAX_VERSIONS)
    )
    add_version(plan, by=ada, file=file)
    with pytest.raises(ValidationError) as refused:
        add_version(plan, by=ada, file=file)
    assert refused.value.message_dict == {"file": ["A file has at most 100 versions."]}


def test_captions_are_given_replaced_and_removed(film: Topic, ada: User) -> None:
    set_captions(film, by=ada, language="de", content=SAID)
    set_captions(film, by=ada, language="de", content=SAID.replace(b"Hello", b"Hallo"))
    assert "Hallo." in Captions.objects.get().text
    remove_captions(film, by=ada, language="de")
    assert not Captions.objects.exists()
    with pytest.raises(Captions.DoesNotExist):
        remove_captions(film, by=ada, language="de")
    with pytest.raises(ValidationError):
        set_captions(film, by=ada, language="xx", content=SAID)


def test_captions_are_for_videos_that_were_sent(plan: Topic, space: Space, ada: User) -> None:
    shared = make_link(space, by=ada, url="https://vimeo.com/123456")
    for topic in (plan, shared):
        with pytest.raises(Version.DoesNotExist):
            set_captions(topic, by=ada, language="en", content=SAID)


def test_captions_are_taken_from_both_formats_and_keep_what_is_said_only() -> None:
    subrip = "1\r\n00:00:01,000 --> 00:00:04,500\r\nHello,\r\n<b>Ada</b>\r\n\r\n2\r\n"
    styled = "WEBVTT\n\nSTYLE\n::cue { background: url(//x) }\n\n00:01.000 --> 00:04.500 line:1\nHi"
    assert clean_captions(subrip.encode()) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nHello,\n<b>Ada</b>\n"
    )
    assert clean_captions(styled.encode()) == "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nHi\n"


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        clean_captions(content)
    return str(refused.value.message_dict["captions"][0])


def test_what_is_no_captions_is_refused_in_words() -> None:
    assert "WebVTT" in refusal(b"Hello")
    assert "WebVTT" in refusal(b"WEBVTT\n\n00:04.000 --> 00:01.000\nBackwards\n")
    assert "UTF-8" in refusal(b"WEBVTT\n\n\xff\xfe")
    fits = SAID + b"x" * (MAX_BYTES - len(SAID))
    assert clean_captions(fits)
    assert "256 KB" in refusal(fits + b"x")


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (
            "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=4",
            "https://www.youtube-nocookie.com/embed/",
        ),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://www.youtube.com/watch?v=short", ""),
        ("https://www.youtube.com/watch", ""),
        ("https://www.youtube.com/@somebody", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://example.org/watch?v=dQw4w9WgXcQ", ""),
        ("https://vimeo.com/about", ""),
    ],
)
def test_players_are_those_of_the_allow_list(address: str, player: str) -> None:
    found = embed_of(address)
    assert (found.url if found else "").startswith(player)
    assert bool(found) == bool(player)


def test_sites_that_are_not_allowed_have_no_player(settings: Any) -> None:
    settings.VIDEO_SITES = ["vimeo"]
    assert embed_of("https://youtu.be/dQw4w9WgXcQ") is None


def test_video_of_another_site_has_one_address_and_its_kind(space: Space, ada: User) -> None:
    shared = make_link(space, by=ada, url="https://youtu.be/dQw4w9WgXcQ?si=tracking")
    assert shared.kind == Kind.VIDEO
    assert shared.resource.link.url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
