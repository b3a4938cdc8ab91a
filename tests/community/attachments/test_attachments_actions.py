from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from community.accounts.models import User
from community.attachments.actions import attach, remove_loose_files
from community.attachments.models import Attachment
from community.files.models import File
from tests.factories.files import make_file, make_picture


def age(file: File, **past: float) -> None:
    File.objects.filter(pk=file.pk).update(created_at=timezone.now() - timedelta(**past))


def on(object_id: int) -> list[str]:
    rows = Attachment.objects.filter(kind="post", object_id=object_id)
    return list(rows.order_by("file_id").values_list("file__public_id", flat=True))


def test_only_own_files_are_attached_and_those_that_hang_there(ada: User, ben: User) -> None:
    of_ada, of_ben = make_file(ada), make_file(ben)
    attach([of_ada.public_id], by=ada, kind="post", object_id=1)
    both = [of_ada.public_id, of_ben.public_id, "zzzzzzzzzz"]

    attach(both, by=ben, kind="post", object_id=1)
    attach(both, by=ben, kind="post", object_id=2)

    assert on(1) == [of_ada.public_id, of_ben.public_id]
    assert on(2) == [of_ben.public_id]


def test_loose_file_is_removed_after_48_hours(ada: User) -> None:
    old, new, hung = make_picture(ada), make_file(ada), make_file(ada)
    attach([hung.public_id], by=ada, kind="post", object_id=1)
    age(old, hours=48, seconds=1)
    age(new, hours=47, minutes=59)
    age(hung, days=400)

    assert remove_loose_files() == 1
    assert list(File.objects.order_by("pk")) == [new, hung]
    assert [name for name in old.stored_names() if default_storage.exists(name)] == []
    assert default_storage.exists(hung.stored_as)
