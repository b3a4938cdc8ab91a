"""Tags that no topic carries: which ones somebody sees, and what removing them leaves."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from community.accounts.models import User
from community.outbox.models import Event
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space, Visibility
from discussions.answers.actions import remove_post
from discussions.events import TAG_REMOVED
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.tidying import add_synonym
from discussions.topics.actions import edit_post
from discussions.topics.models import Origin
from discussions.topics.unused import remove_unused, unused_tags
from tests.factories.community import make_space
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def use_and_drop(space: Space, ada: User, run: Run, *names: str) -> None:
    """Tags that a topic had, and then not any more."""
    topic = make_topic(space, by=ada, tags=list(names))
    run()
    edit_post(opening(topic), by=ada, source="x", based_on=1, tags=["kept"])
    run()


def unused(viewer: User) -> list[str]:
    return sorted(unused_tags(viewer).values_list("name", flat=True))


def test_unused_are_tags_that_topics_had(
    space: Space, ada: User, admin: User, handle_events: Run
) -> None:
    use_and_drop(space, ada, handle_events, "telex", "fax")
    deleted = make_topic(space, by=ada, tags=["deleted"])
    remove_post(opening(deleted), by=ada)
    handle_events()
    assert unused(admin) == ["fax", "telex"]


def test_removed_is_gone_with_all_that_hangs_on_it(
    space: Space, ada: User, admin: User, handle_events: Run
) -> None:
    use_and_drop(space, ada, handle_events, "telex", "fax")
    telex = Tag.objects.get(name="telex")
    describe_tag(telex, by=admin, source="Before mail.")
    add_synonym(telex, by=admin, name="teletype")
    prefer_tag(telex, by=ada, level=TagPreference.Level.FOLLOW)
    Origin.objects.create(system="x.example", kind="tag", external_id="1", object_id=telex.pk)
    assert remove_unused(["telex", "kept", "nothing"], by=admin) == 1
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["fax", "kept"]
    assert (TagPreference.objects.count(), Origin.objects.count()) == (0, 0)
    event = Event.objects.get(name=TAG_REMOVED)
    said = {"names": ["telex", "teletype"], "source_before": "Before mail."}
    assert (event.actor_id, event.object_id, event.data) == (admin.pk, telex.pk, said)
    again = make_topic(space, by=ada, tags=["telex"]).tags.get()
    assert (again.name, again.description_source, again.pk == telex.pk) == ("telex", "", False)


def test_what_other_spaces_do_with_a_tag_makes_no_difference_and_is_kept(
    space: Space, secret: Space, ada: User, admin: User, handle_events: Run
) -> None:
    use_and_drop(space, ada, handle_events, "telex", "fax")
    make_topic(secret, by=ada, tags=["telex"])
    handle_events()
    assert (unused(admin), unused(ada)) == (["fax", "telex"], ["fax"])
    assert remove_unused(["telex", "fax"], by=admin) == 2
    assert unused(admin) == []
    assert not Tag.objects.visible_to(admin).filter(name="telex").exists()
    assert Tag.objects.visible_to(ada).filter(name="telex").exists()
    assert not Tag.objects.filter(name="fax").exists()


def test_space_that_had_a_tag_keeps_it_from_those_who_do_not_read_there(
    secret: Space, ada: User, admin: User, mia: User, handle_events: Run
) -> None:
    use_and_drop(secret, ada, handle_events, "telex")
    assert (unused(admin), remove_unused(["telex"], by=admin)) == ([], 0)
    grant_capability(mia, Capability.TAGS, by=None)
    assert remove_unused(["telex"], by=User.objects.get(pk=mia.pk)) == 1


def test_tag_that_is_in_use_again_stays(
    space: Space, ada: User, admin: User, handle_events: Run
) -> None:
    use_and_drop(space, ada, handle_events, "telex")
    make_topic(space, by=ada, tags=["telex"])
    assert remove_unused(["telex"], by=admin) == 0
    assert Tag.objects.filter(name="telex").exists()


def test_tag_of_a_topic_elsewhere_that_nobody_has_counted_yet_stays_there(
    space: Space, mia: User, ada: User, admin: User, handle_events: Run
) -> None:
    use_and_drop(space, ada, handle_events, "telex")
    hidden = make_space("Vault", owner=mia, members=(ada,), visibility=Visibility.SECRET)
    make_topic(hidden, by=ada, tags=["telex"])
    assert remove_unused(["telex"], by=admin) == 1
    handle_events()
    assert Tag.objects.visible_to(ada).filter(name="telex").exists()


def test_only_those_who_look_after_tags_remove_them(space: Space, ada: User) -> None:
    with pytest.raises(PermissionDenied):
        remove_unused(["telex"], by=ada)
