"""The pages of shared files and videos: sharing, versions, captions, players."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.accounts.models import User
from community.files.models import File
from community.spaces.archiving import archive_space
from community.spaces.models import Space
from discussions.resources import files
from discussions.resources.files import add_version, set_captions
from discussions.resources.models import Captions, Version
from discussions.topics.models import Kind, Topic
from tests.factories.discussions import make_link, make_shared_file
from tests.factories.files import make_file, make_film

pytestmark = pytest.mark.slow

SAID = b"WEBVTT\n\n00:01.000 --> 00:04.000\nHello.\n"
TYPED = {"title": "The plan", "source": "Print it.", "space": "workshop", "tags": "vpn"}


@pytest.fixture
def plan(space: Space, ada: User) -> Topic:
    return make_shared_file(space, by=ada, file=make_file(ada, name="plan.txt"))


@pytest.fixture
def film(space: Space, ada: User) -> Topic:
    return make_shared_file(space, by=ada, file=make_film(ada))


def sent(name: str = "plan.txt", content: bytes = b"Plain words.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client: Client, path: str, by: User) -> str:
    client.force_login(by)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_file_is_shared_with_its_form(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    answer = client.post("/share/file", TYPED | {"upload": sent()})
    topic = Topic.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, topic.get_absolute_url())
    shown = page(client, topic.get_absolute_url(), ada)
    file = File.objects.get()
    assert f'href="{file.get_absolute_url()}" download' in shown
    assert "TXT, 12\xa0bytes" in shown
    assert "File, shared" in shown
    assert topic.title in page(client, "/library?show=files", ada)


def test_refused_form_keeps_the_file_too(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    answer = client.post("/share/file", TYPED | {"upload": sent(), "tags": "", "minutes": "ten"})
    shown, file = answer.content.decode(), File.objects.get()
    assert answer.status_code == 422
    assert f'name="file" value="{file.public_id}"' in shown
    assert "Print it." in shown
    again = client.post("/share/file", TYPED | {"file": file.public_id})
    assert again.status_code == 303
    assert Version.objects.get().file == file


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Choose a file first."),
        (sent(content=b""), "This file is empty."),
        (sent("run.exe", b"MZ\x00\x01\x02"), "Files of this type"),
    ],
)
def test_what_is_wrong_with_a_file_stands_at_it(
    client: Client, space: Space, ada: User, upload: Any, sentence: str
) -> None:
    client.force_login(ada)
    answer = client.post("/share/file", TYPED | ({"upload": upload} if upload else {}))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown[shown.index('id="id_upload_error"') :]
    assert not Topic.objects.exists()


def test_files_of_others_are_not_taken(client: Client, space: Space, ada: User, zed: User) -> None:
    client.force_login(ada)
    answer = client.post("/share/file", TYPED | {"file": make_file(zed).public_id})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_newer_version_is_given_and_an_earlier_brought_back(
    client: Client, plan: Topic, ada: User
) -> None:
    client.force_login(ada)
    path = f"/resources/{plan.public_id}/versions"
    newer = {"upload": sent("plan2.txt", b"Shorter."), "note": "Half as long"}
    assert client.post(path, newer).status_code == 303
    shown = page(client, plan.get_absolute_url(), ada)
    assert "plan2.txt" in shown
    assert "Half as long" in shown
    assert "2 versions" in shown
    assert client.post(f"{path}/1/return").status_code == 303
    assert "3 versions" in page(client, plan.get_absolute_url(), ada)
    assert client.post(f"{path}/9/return").status_code == 404


def test_version_beyond_the_last_is_refused_in_words(
    client: Client, plan: Topic, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_VERSIONS", 1)
    client.force_login(ada)
    answer = client.post(f"/resources/{plan.public_id}/versions/1/return", follow=True)
    assert answer.status_code == 200
    assert "A file has at most 1 versions." in answer.content.decode()


def test_form_that_arrives_twice_gives_one_version(client: Client, plan: Topic, ada: User) -> None:
    client.force_login(ada)
    path = f"/resources/{plan.public_id}/versions"
    for _ in range(2):
        assert client.post(path, {"upload": sent(), "key": "once"}).status_code == 303
    assert Version.objects.count() == 2


def test_archived_space_takes_no_version(client: Client, plan: Topic, ada: User, mia: User) -> None:
    archive_space(plan.space, by=mia)
    path = f"/resources/{plan.public_id}/versions"
    assert "Add this version" not in page(client, path, ada)
    before = File.objects.count()
    assert client.post(path, {"upload": sent()}).status_code == 403
    assert File.objects.count() == before


def test_versions_are_read_by_all_and_given_by_those_who_edit(
    client: Client, plan: Topic, ada: User, zed: User
) -> None:
    path = f"/resources/{plan.public_id}/versions"
    shown = page(client, path, zed)
    assert "plan.txt" in shown
    assert "Add this version" not in shown
    assert client.post(path, {"upload": sent()}).status_code == 403
    assert client.post(f"{path}/1/return").status_code == 403
    assert Version.objects.count() == 1


def test_video_is_played_with_its_captions(client: Client, film: Topic, ada: User) -> None:
    client.force_login(ada)
    path = f"/resources/{film.public_id}/captions"
    given = {"language": "de", "captions": SimpleUploadedFile("said.vtt", SAID)}
    assert client.post(path, given).status_code == 303
    shown = page(client, film.get_absolute_url(), ada)
    assert "<video" in shown
    assert (
        f'<track kind="captions" srclang="de" label="Deutsch" src="{path}/de.vtt" default' in shown
    )
    answer = client.get(f"{path}/de.vtt")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "text/vtt; charset=utf-8",
        "nosniff",
    )
    assert b"Hello." in answer.content
    assert "Remove the captions in Deutsch?" in page(client, f"{path}/de/removal", ada)
    assert client.post(f"{path}/de/removal").status_code == 303
    assert not Captions.objects.exists()


def test_captions_that_are_none_are_refused_in_words(
    client: Client, film: Topic, ada: User
) -> None:
    client.force_login(ada)
    path = f"/resources/{film.public_id}/captions"
    given = {"language": "de", "captions": SimpleUploadedFile("said.vtt", b"Hello")}
    answer = client.post(path, given)
    assert answer.status_code == 422
    assert "Choose a WebVTT" in answer.content.decode()
    empty = client.post(path, {"language": ""}).content.decode()
    assert "Choose a file with captions." in empty


def test_player_of_another_site_is_asked_for_by_a_press_only(
    client: Client, space: Space, ada: User
) -> None:
    topic = make_link(space, by=ada, url="https://youtu.be/dQw4w9WgXcQ")
    client.force_login(ada)
    before = client.get(topic.get_absolute_url())
    playing = client.get(f"{topic.get_absolute_url()}?play=1")
    assert topic.kind == Kind.VIDEO
    assert "<iframe" not in before.content.decode()
    assert "frame-src" not in before["Content-Security-Policy"]
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ' in playing.content.decode()
    assert "frame-src https://www.youtube-nocookie.com;" in (
        playing["Content-Security-Policy"] + ";"
    )


def test_asking_to_play_changes_nothing_elsewhere(client: Client, plan: Topic, ada: User) -> None:
    client.force_login(ada)
    answer = client.get(f"{plan.get_absolute_url()}?play=1")
    assert "frame-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "verb", ["versions", "versions/1/return", "captions", "captions/de.vtt", "captions/de/removal"]
)
def test_hidden_files_are_missing_ones(
    client: Client, closed: Space, space: Space, ada: User, zed: User, verb: str
) -> None:
    hidden = make_shared_file(closed, by=ada, file=make_film(ada))
    set_captions(hidden, by=ada, language="de", content=SAID)
    link = make_link(space, by=ada)
    client.force_login(zed)
    for public_id in (hidden.public_id, link.public_id, "nothing"):
        path = f"/resources/{public_id}/{verb}"
        assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}


def test_versions_are_shown_a_page_at_a_time(client: Client, plan: Topic, ada: User) -> None:
    for number in range(25):
        add_version(plan, by=ada, file=make_file(ada, name=f"plan-{number}.txt").public_id)
    first = page(client, f"/resources/{plan.public_id}/versions", ada)
    assert (first.count("Version "), first.count("current"), first.count("/return")) == (25, 1, 24)
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = page(client, f"/resources/{plan.public_id}/versions{older}", ada)
    assert (second.count("Version "), second.count("current"), second.count("/return")) == (1, 0, 1)


@pytest.mark.parametrize("earlier", [1, 5])
def test_versions_cost_no_more_queries(
    client: Client,
    film: Topic,
    ada: User,
    zed: User,
    earlier: int,
    django_assert_num_queries: Any,
) -> None:
    for _turn in range(earlier):
        add_version(film, by=ada, file=make_film(ada).public_id)
    client.force_login(zed)
    client.get(film.get_absolute_url())
    with django_assert_num_queries(14):
        client.get(film.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(f"/resources/{film.public_id}/versions")
