"""Each model has one reader class, and outside its capability it is read through its rule only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from config.readers import READERS
from tests.house.reads import ANY, home, reads_in_template, ruled_models, unruled_reads

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AREAS = ("config", "search", "learning", "expertise", "discussions", "community", "frontend")

# Handlers, imports, rebuilds, exports of the site and the demo act for the system, not a viewer.
SYSTEM = ("handlers.py", "rebuilds.py")
SYSTEM_FOLDERS = ("discussions/imports/", "config/demo/", "config/site/")
# What serves a viewer asks its own capability's access and queries, too.
SERVING = ("views.py", "forms.py", "api.py", "panels.py")

OPERATIONS = "asked for by those who mend background work: require_operations()"
CHECKED = "of a topic or post that access gave to the viewer or the action"
OWN = "the viewer's own rows"
ROSTER = "for somebody who manages people, as the actions check"
# Reads elsewhere: the models, and why nobody sees by them what they may not.
ALLOWED: dict[str, tuple[set[str], str]] = {
    "community/administration/access.py": ({"ParkedEvent", "Fanout", "BackgroundJob"}, OPERATIONS),
    "community/administration/actions.py": ({"ParkedEvent", "Fanout"}, OPERATIONS),
    "community/administration/queries.py": (
        {"BackgroundJob", "Cursor", "Fanout", "ParkedEvent", "ScheduledRun"},
        OPERATIONS,
    ),
    "community/attachments/access.py": ({"File"}, "the rule itself, which needs attachments"),
    "community/attachments/actions.py": ({"File"}, "the system deletes what hangs on nothing"),
    "community/attachments/queries.py": (
        {"File"},
        "the writer's own, and those of a thing that access gave",
    ),
    "community/fields/models.py": ({"Job"}, "whom the viewer leads: the rule itself"),
    "community/files/actions.py": ({ANY}, "locks the row of the person who sends the file"),
    "community/http/idempotency.py": ({ANY}, "the row that the same person sent before"),
    "community/audiences/queries.py": (
        {"Job", "OrgUnit", "User"},
        "of an audience that access gave to somebody who manages people; and for the system",
    ),
    "community/audiences/tasks.py": (
        {"BackgroundJob", "Space", "User"},
        "of ids that an action checked; invite_to_space() asks again",
    ),
    "community/invitations/actions.py": ({ANY}, "inserts the spaces of what it made"),
    "community/invitations/bulk.py": ({"User"}, "whether an address is taken: who manages people"),
    "community/invitations/tasks.py": ({"User"}, "the system asks whether an address is taken"),
    "community/jobs/pruning.py": ({ANY, "Fanout"}, "the system deletes what is old"),
    "community/live/follower.py": ({"User"}, "whose sockets are open; then asks who may watch"),
    "community/live/identities.py": (
        {"ApiToken", "Session", "User"},
        "the system asks who is still signed in",
    ),
    "community/live/streams.py": ({"User"}, "who asks, by a session or token that was checked"),
    "community/photos/actions.py": ({"User"}, "locks the row of a person that it checked"),
    "community/photos/showing.py": ({"User"}, "locks the row that the photo stands on"),
    "community/photos/tasks.py": ({"File", "User"}, "the worker makes what was asked for"),
    "community/roster/applying.py": ({"User"}, ROSTER),
    "community/roster/checking.py": ({"Job", "User"}, ROSTER),
    "config/management/commands/import_people.py": ({"User"}, "who runs it, by the address typed"),
    "community/spaces/sight.py": (
        {"User"},
        "whose sight changes: shown to owners and moderators, before they change it",
    ),
    "community/roles/queries.py": ({"Job"}, "a person's own places decide what they may"),
    "config/management/commands/start.py": ({"User"}, "before anybody signs in: the demo people"),
    "config/schedules.py": ({"Submission"}, "the system deletes what is old"),
    "config/today/panels.py": ({"Membership"}, OWN),
    "discussions/answers/actions.py": ({"Post", "TopicTag"}, CHECKED),
    "discussions/pages/api.py": ({"TopicTag"}, "of topics that come from their rule"),
    "discussions/drafts/actions.py": ({"User"}, "the lock on the writer's own row"),
    "discussions/exports/access.py": ({"Membership"}, OWN),
    "discussions/exports/belongings.py": (
        {"Draft", "FieldAnswer", "Follow", "Membership", "ProfileDetails"}
        | {"Rating", "Revision", "SavedPost", "TagPreference", "Use"},
        f"{OWN}; what they lead to comes from its rule",
    ),
    "discussions/exports/person.py": (
        {"File", "Post", "Vote"},
        f"{OWN}; titles come from their rule",
    ),
    "discussions/exports/records.py": (
        {"Closure", "TopicTag", "Version"},
        "of topics that come from their rule",
    ),
    "discussions/exports/space.py": (
        {"Captions", "Closure", "File", "Rating", "User", "Version"},
        "authors of visible posts, and what hangs on those and on visible resources",
    ),
    "discussions/saved/queries.py": ({"TopicTag"}, "of posts that come from their rule"),
    "discussions/pages/editing.py": ({"Revision"}, CHECKED),
    "discussions/pages/feed.py": ({"Membership"}, OWN),
    "discussions/pages/for_you.py": ({"Membership", "TagPreference", "TopicTag"}, OWN),
    "discussions/pages/fragments.py": (
        {"Deletion", "Draft", "Event", "Fanout", "Post", "TopicLink"},
        f"{CHECKED}: the newest event, whether there are links, own deleted posts and an own draft",
    ),
    "discussions/pages/listing.py": ({"TagPreference", "TopicTag"}, f"{OWN}, to leave topics out"),
    "discussions/pages/panels.py": ({"Contribution"}, "counts in visible spaces"),
    "discussions/pages/queries.py": (
        {"Origin", "TopicLink", "Vote"},
        "of a topic that access gave, and own votes; what they lead to is asked for by its rule",
    ),
    "discussions/pages/revisions.py": ({"Revision"}, CHECKED),
    "discussions/pages/rows.py": ({"TopicTag"}, "of topics that come from their rule"),
    "discussions/pages/thread.py": ({"TopicTag"}, CHECKED),
    "discussions/reactions/actions.py": ({"Event"}, "how often somebody voted today"),
    "discussions/reading/actions.py": ({"Membership"}, OWN),
    "discussions/reading/queries.py": (
        {"Membership", "Post", "Topic"},
        "own rows; posts of visible topics; topics of spaces that the viewer belongs to",
    ),
    "discussions/reading/watermarks.py": ({"User"}, "the system, for one who read something"),
    "discussions/resources/tasks.py": ({"Post"}, "the worker gives a link the title of its page"),
    "discussions/sheets/checking.py": ({"Topic"}, "titles in a space that its person moderates"),
    "discussions/sheets/storing.py": (
        {"Acceptance", "Space", "Topic"},
        "writes into a space that it checked",
    ),
    "discussions/topics/actions/keeping.py": ({"Space"}, "counts a topic of a space it checked"),
    "discussions/topics/actions/moving.py": (
        {"Space", "TagCount"},
        "the two spaces that it checked; makes the rows that the worker counts in",
    ),
    "discussions/topics/moves.py": ({"TagCount"}, "of the space that the viewer chose from theirs"),
    "discussions/topics/actions/writing.py": ({"Space"}, "counts a topic of a space it checked"),
    "discussions/topics/models/threads.py": (
        {"Space"},
        "archived spaces only leave topics out",
    ),
    "learning/library/cards.py": (
        {"Captions", "TagPreference", "TopicTag", "Version"},
        "own tags, and what belongs to resources that come from their rule",
    ),
    "learning/library/listing.py": (
        {"Captions", "Membership", "TagPreference", "TopicTag", "Version"},
        "own spaces and tags, to choose among resources that come from their rule",
    ),
    "learning/library/shapes.py": (
        {"Captions", "TopicTag", "Version"},
        "what belongs to resources that come from their rule",
    ),
    "discussions/topics/tagging.py": ({"TagCount"}, "makes the row that the worker counts in"),
}

BAD = {
    "Topic.objects.all()": "Topic",
    "Topic.objects.filter(space=1)": "Topic",
    "Vote.objects.get(pk=1)": "Vote",
    "rows = Origin.objects": "Origin",
    "Topic._default_manager.first()": "Topic",
    "models.Topic.objects.count()": "Topic",
    "from x import Topic as Thread\nThread.objects.all()": "Topic",
    "get_object_or_404(Topic, public_id=1)": "Topic",
    "topic.posts.all()": "Post",
    "for post in request.topic.posts.in_sight(): pass": "Post",
    "space.memberships.count()": "Membership",
    "topic.posts.filter(x=Post.objects.visible_to(me)).first()": "Post",
    "Space.objects.filter(pk=1).update(name='')": "Space",
    "cursor.execute('SELECT 1 FROM discussions_vote WHERE id = 1')": "Vote",
    "SQL = f'select x from {a} join \"community_membership\" on 1'": "Membership",
    "type(row).objects.all()": ANY,
    "row.model.objects.all()": ANY,
}
GOOD = (
    "Topic.objects.visible_to(me).filter(x=1)",
    "Space.objects.select_related('x').listed_for(me)",
    "topic.posts.shown_to(me, moderates=False)",
    "DBTaskResult.objects.ready()",
    "tally.posts.append(1)",
    "settings.tags",
    "stage.rows('SELECT * FROM posts')",
)


def test_every_model_declares_one_reader_class() -> None:
    ours = {
        model._meta.label
        for config in apps.get_app_configs()
        if config.name in AREAS
        for model in config.get_models()
    }
    assert ours == set(READERS)
    assert set(READERS.values()) <= {"space", "person", "directory", "office"}
    assert len(ruled_models()) == len(READERS), "two models have one name"


def test_models_are_read_through_their_rule_outside_their_capability() -> None:
    unlisted = [
        f"{place}:{line} reads {model} without its rule"
        for place, line, model in foreign_reads()
        if model not in ALLOWED.get(place, (set(), ""))[0]
    ]
    assert unlisted == []


def test_every_listed_exception_is_still_needed() -> None:
    needed: dict[str, set[str]] = {}
    for place, _line, model in foreign_reads():
        needed.setdefault(place, set()).add(model)
    assert {place: models for place, (models, _why) in ALLOWED.items()} == needed


def test_templates_read_no_rows() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{read.line} reads {read.model}"
        for path in sorted(ROOT.glob("*/templates/**/*.html"))
        for read in reads_in_template(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("source", BAD)
def test_read_without_a_rule_is_found(source: str) -> None:
    assert {read.model for read in unruled_reads(source)} == {BAD[source]}


@pytest.mark.parametrize("source", GOOD)
def test_read_with_a_rule_is_let_through(source: str) -> None:
    assert list(unruled_reads(source)) == []


def test_every_model_is_found_without_being_named_here() -> None:
    for model in ruled_models():
        assert [read.model for read in unruled_reads(f"{model}.objects.all()")] == [model]


def test_own_capability_reads_but_not_in_its_views() -> None:
    assert not is_foreign("community/spaces/queries.py", "Membership")
    assert is_foreign("community/spaces/views.py", "Membership")
    assert is_foreign("community/roles/queries.py", "Membership")
    assert is_foreign("community/spaces/queries.py", ANY)
    assert not is_foreign("discussions/answers/handlers.py", "Post")


def test_read_in_a_template_is_found() -> None:
    template = "{{ topic.title }}\n{% for post in topic.posts.all %}"
    assert [(read.line, read.model) for read in reads_in_template(template)] == [(2, "Post")]


def foreign_reads() -> Iterator[tuple[str, int, str]]:
    """Yield place, line and model of each read that needs a reason."""
    for area in AREAS:
        for path in sorted((ROOT / area).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if "/migrations/" in place:
                continue
            for read in unruled_reads(path.read_text()):
                if is_foreign(place, read.model):
                    yield place, read.line, read.model


def is_foreign(place: str, model: str) -> bool:
    name = place.rpartition("/")[2]
    if name in SYSTEM or place.startswith(SYSTEM_FOLDERS):
        return False
    own = model != ANY and place.startswith(f"{home(model)}/")
    return not own or name in SERVING
