"""The demo company: as large as promised, the same every time, every text its own."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from community.accounts.models import Job, OrgUnit, User
from community.audiences.models import Audience, DefaultSpace
from community.following.queries import followed_by
from community.roles.models import Capability
from community.spaces.models import Role, Space, Visibility
from config.demo.company import LOGINS, PASSWORD, company, spread
from config.demo.load import make_demo_company
from config.demo.texts import parse, topic_texts
from discussions.drafts.queries import drafts_of
from discussions.reactions.models import Vote
from discussions.saved.queries import saved_of
from discussions.tags.models import Tag
from discussions.topics.counters import COUNTED, recount
from discussions.topics.models import Closure, Kind, Post, Topic
from learning.collections.models import Collection
from learning.collections.queries import collections

pytestmark = pytest.mark.slow


class _Undo(Exception):  # noqa: N818
    """Ends the module's transaction, so that nothing of the company stays."""


@pytest.fixture(scope="module")
def brightwater(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The whole company, made once for this module."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield make_demo_company()
                raise _Undo
        except _Undo:
            pass


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_company_has_the_promised_size() -> None:
    teams = OrgUnit.objects.filter(children=None)
    assert Counter(User.objects.values_list("is_guest", flat=True)) == {False: 75, True: 1}
    assert teams.count() == 12
    assert (
        OrgUnit.objects.exclude(children=None).filter(parent__isnull=False).distinct().count() == 5
    )
    assert Space.objects.count() == 10
    assert Counter(Space.objects.values_list("visibility", flat=True)) == {
        Visibility.OPEN: 7,
        Visibility.CLOSED: 2,
        Visibility.SECRET: 1,
    }
    assert Tag.objects.count() == 40
    assert Topic.objects.count() == 138
    assert Post.objects.filter(kind__in=["answer", "reply"]).count() >= 300
    assert set(Topic.objects.values_list("kind", flat=True)) == set(Kind)


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_library_has_links_and_collections_of_different_people() -> None:
    assert Topic.objects.filter(kind=Kind.LINK).count() == 15
    assert Collection.objects.values("owner").distinct().count() == 3
    hanna = User.objects.get(handle=LOGINS["employee"])
    shown = [
        (row.title, row.item_count, row.new_count, row.is_followed) for row in collections(hanna)
    ]
    assert sorted(shown) == [
        ("A claim, from the ramp to the money", 5, 1, True),
        ("Before you join the rota", 4, 0, False),
        ("Your first two weeks, in reading", 5, 1, True),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_people_keep_follow_and_begin_things_and_the_admin_gathered_some() -> None:
    hanna, yann = (User.objects.get(handle=handle) for handle in ("hanna", "yann"))
    saved = saved_of(hanna)
    assert saved.filter(done_at=None).exclude(remind_at=None).count() == 2
    assert saved.exclude(done_at=None).count() == 1
    assert drafts_of(hanna).count() == 1
    assert followed_by(hanna).count() == 1
    assert Audience.objects.count() == DefaultSpace.objects.count() == 2
    assert not saved_of(yann).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_every_team_has_five_people_and_a_manager_in_it() -> None:
    for team in OrgUnit.objects.filter(children=None):
        jobs = Job.objects.current().filter(org_unit=team)
        managers = Counter(jobs.values_list("manager_id", flat=True))
        lead = managers.most_common(1)[0][0]
        assert jobs.count() >= 5, team
        assert jobs.filter(person_id=lead).exists(), team


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_demo_people_sign_in_and_the_admin_reads_no_closed_space() -> None:
    for handle in LOGINS.values():
        assert User.objects.get(handle=handle).check_password(PASSWORD)
    admin = User.objects.get(handle=LOGINS["admin"])
    assert all(admin.has_perm(capability) for capability in Capability)
    readable = Space.objects.visible_to(admin).values_list("visibility", flat=True)
    assert set(readable) == {Visibility.OPEN}


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_guest_asks_and_answers_where_she_belongs_and_reads_nothing_else() -> None:
    ylva = User.objects.get(is_guest=True)
    assert [space.slug for space in Space.objects.visible_to(ylva)] == ["customer-support"]
    wrote = Post.objects.filter(author=ylva)
    assert Counter(wrote.values_list("kind", flat=True)) == {
        "opening": 1,
        "answer": 1,
        "comment": 1,
    }
    assert set(wrote.values_list("topic__space__slug", flat=True)) == {"customer-support"}
    assert (
        not Vote.objects.filter(person=ylva)
        .exclude(post__topic__space__slug="customer-support")
        .exists()
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_every_space_has_an_owner_and_nothing_lies_in_the_future() -> None:
    for space in Space.objects.all():
        assert space.memberships.filter(role=Role.OWNER).exists(), space
        assert space.topic_count == Topic.objects.filter(space=space).count()
    now = timezone.now()
    assert not Post.objects.filter(created_at__gt=now).exists()
    assert Topic.objects.filter(created_at__lt=now - timedelta(days=180)).exists()
    assert Topic.objects.filter(created_at__gt=now - timedelta(days=2)).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_topics_were_closed_some_days_after_their_last_post() -> None:
    closures = Closure.objects.select_related("topic")
    assert {closure.at - closure.topic.active_at for closure in closures} == {timedelta(days=3)}


@pytest.mark.django_db
@pytest.mark.usefixtures("brightwater")
def test_counters_equal_a_recount() -> None:
    # Heat depends on how many topics the space had when somebody last acted.
    names = [name for name in COUNTED if name != "hot"]
    for topic in Topic.objects.select_related("space")[:20]:
        before = {name: getattr(topic, name) for name in names}
        recount(topic)
        assert {name: getattr(topic, name) for name in names} == before, topic


def test_every_text_is_written_once() -> None:
    texts = [plan.text for plan in topic_texts()]
    texts += [section.text for plan in topic_texts() for section in plan.sections]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_texts_share_no_long_phrase() -> None:
    """Twelve words in a row that stand in two texts would come from a template."""
    seen: dict[tuple[str, ...], str] = {}
    shared = []
    for plan in topic_texts():
        for text in {plan.text, *(s.text for s in plan.sections if s.kind != "edit")}:
            words = re.findall(r"\w+", text.lower())
            for start in range(len(words) - 11):
                phrase = tuple(words[start : start + 12])
                if seen.setdefault(phrase, plan.stem) != plan.stem:
                    shared.append((plan.stem, " ".join(phrase)))
    assert shared == []


def test_texts_name_known_people_tags_and_spaces() -> None:
    plan = company()
    handles = {row["handle"] for row in [*plan["people"], *plan["guests"]]}
    spaces = {row["slug"] for row in plan["spaces"]}
    for text in topic_texts():
        assert text.space in spaces, text.stem
        assert set(text.facts["tags"]) <= set(plan["tags"]), text.stem
        assert {text.facts["author"], *(s.author for s in text.sections)} <= handles, text.stem


def test_spread_is_the_same_everywhere() -> None:
    assert [spread("hanna", number, below=100) for number in range(3)] == [85, 43, 97]


def test_damaged_file_is_named() -> None:
    with pytest.raises(ValueError, match=r"workplace-it/01-x\.md: not enough values"):
        parse("no front matter", space="workplace-it", stem="01-x")
