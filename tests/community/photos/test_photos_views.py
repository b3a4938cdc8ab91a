from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.accounts.models import User
from community.jobs.models import BackgroundJob
from community.photos.tasks import make_photo
from tests.factories.files import picture_bytes


def sent() -> SimpleUploadedFile:
    return SimpleUploadedFile("me.png", picture_bytes(200, 200))


def test_photo_shows_in_place_of_initials_and_can_be_removed(
    client: Client, ada: User, zed: User
) -> None:
    client.force_login(ada)
    square = {"left": "10", "top": "20", "side": "100"}
    answer = client.post("/me/photo", {"photo": sent(), **square})
    assert (answer.status_code, answer["Location"]) == (303, "/me/photo")
    assert BackgroundJob.objects.get().args[1:] == [ada.pk, 10, 20, 100]
    make_photo.function(None, *BackgroundJob.objects.get().args)
    ada.refresh_from_db()

    client.force_login(zed)
    image = f'<img src="/photos/{ada.photo}/256" alt="" loading="lazy">'
    assert image in client.get("/p/ada").content.decode()
    photo = client.get(f"/photos/{ada.photo}/256")
    assert photo.headers["Cache-Control"] == "private, max-age=3600"
    assert photo.headers["X-Guildhall-File"].endswith(".64.webp")

    client.force_login(ada)
    client.post("/me/photo/removal")
    ada.refresh_from_db()
    assert image not in client.get("/p/ada").content.decode()


def test_wrong_picture_is_named(client: Client, ada: User) -> None:
    client.force_login(ada)
    words = SimpleUploadedFile("me.png", b"Words")
    answer = client.post("/me/photo", {"photo": words})
    assert answer.status_code == 422
    assert "Choose a picture: PNG, JPEG, GIF or WebP." in answer.content.decode()
    answer = client.post("/me/photo", {"photo": sent(), "left": "x"})
    assert answer.status_code == 422


def test_missing_and_hidden_photo_answer_alike(client: Client, ada: User, zed: User) -> None:
    client.force_login(zed)
    assert client.get("/photos/zzzzzzzzzz/64").status_code == 404
