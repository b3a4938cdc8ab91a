import pytest

from community.accounts.models import User
from community.attachments.access import get_file
from community.attachments.actions import attach
from community.files.models import File
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.topics.actions import restore_post
from discussions.topics.models import Topic
from tests.factories.discussions import make_answer, make_comment, make_topic, opening
from tests.factories.files import make_file


def reads(viewer: User, file: File) -> bool:
    try:
        return get_file(file.public_id, viewer=viewer) == file
    except File.DoesNotExist:
        return False


def readers(file: File, *people: User) -> list[str]:
    return [person.name for person in people if reads(person, file)]


def named(file: File) -> str:
    return f"See [it]({file.get_absolute_url()})."


def test_loose_file_is_its_owners_alone(ada: User, ben: User, admin: User) -> None:
    assert readers(make_file(ada), ada, ben, admin) == ["Ada"]


def test_attached_file_is_read_by_who_reads_the_post(
    secret: Space, ada: User, ben: User, zed: User, admin: User
) -> None:
    file = make_file(ada)
    make_topic(secret, by=ada, source=named(file))
    assert readers(file, ada, ben, zed, admin) == ["Ada", "Ben"]


def test_file_on_two_posts_is_read_by_the_readers_of_either(
    secret: Space, question: Topic, ada: User, ben: User, zed: User
) -> None:
    file = make_file(ada)
    make_topic(secret, by=ada, source=named(file))
    answer = make_answer(question, by=ada, source=named(file))
    assert readers(file, ada, ben, zed) == ["Ada", "Ben", "Zed"]
    remove_post(answer, by=ada)
    assert readers(file, ada, ben, zed) == ["Ada", "Ben"]


def test_deleted_post_hides_its_files_at_once(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    file = make_file(ben)
    answer = make_answer(question, by=ben, source=named(file))
    remove_post(answer, by=mia)
    assert readers(file, ada, ben, mia) == []
    restore_post(answer, by=mia)
    assert readers(file, ada, ben, mia) == ["Ada", "Ben", "Mia"]


def test_deleted_topic_hides_the_files_of_its_posts(question: Topic, ada: User, zed: User) -> None:
    file = make_file(ada)
    answer = make_answer(question, by=ada)
    make_comment(answer, by=ada, source=named(file))
    assert readers(file, zed) == ["Zed"]
    remove_post(opening(question), by=ada)
    assert readers(file, zed) == []


def test_somebody_elses_file_is_only_a_link(
    secret: Space, question: Topic, ada: User, zed: User
) -> None:
    file = make_file(ada)
    make_topic(secret, by=ada, source=named(file))
    make_answer(question, by=zed, source=f"![a]({file.get_absolute_url()})")
    assert readers(file, zed) == []


def test_file_of_an_inactive_person_stays_and_they_read_nothing(
    question: Topic, ada: User, zed: User
) -> None:
    file = make_file(zed)
    make_answer(question, by=zed, source=named(file))
    loose = make_file(zed)
    zed.is_active = False
    zed.save()
    assert readers(file, ada, zed) == ["Ada"]
    assert readers(loose, ada) == []


def test_unknown_kind_gives_nobody_access(ada: User, zed: User) -> None:
    file = make_file(ada)
    attach([file.public_id], by=ada, kind="nothing", object_id=1)
    assert readers(file, ada, zed) == []


def test_missing_file_is_told_as_a_hidden_one(ada: User) -> None:
    with pytest.raises(File.DoesNotExist):
        get_file("zzzzzzzzzz", viewer=ada)
