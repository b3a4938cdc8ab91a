"""What the follower tells the sockets of its process, round by round."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.position import sealed
from community.live import follower as module
from community.live.follower import COLLECT_SECONDS, IDENTITY_SECONDS, Deed, Follower, Wish
from community.live.hub import Hub
from community.live.identities import Identity
from community.live.streams import Stream, find_stream
from community.outbox.reading import head
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.answers.actions import accept_answer
from discussions.pages.live import TopicStream
from discussions.topics.models import Topic
from tests.community.live.test_identities import by_session, known
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_topic
from tests.services import on_postgresql

# What an event of a running transaction is worth shows only once it is committed.
pytestmark = pytest.mark.django_db(transaction=True)


class Ear:
    """A socket that keeps what it hears."""

    def __init__(self, person: User) -> None:
        self.identity: Identity = known(by_session(person))
        self.heard: list[str] = []
        self.ended: list[tuple[int, str]] = []

    async def push(self, written: Iterable[str]) -> None:
        self.heard += written

    async def end(self, code: int, reason: str = "") -> None:
        self.ended.append((code, reason))

    def take(self) -> list[dict[str, Any]]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return [json.loads(frame) for frame in heard]


class Rounds:
    """A follower whose clock stands still between its rounds."""

    def __init__(self) -> None:
        self.hub, self.now = Hub(), 100.0
        self.follower = Follower(self.hub, self._do, clock=lambda: self.now)

    def step(self, seconds: float = 1.0) -> None:
        self.now += seconds
        self.follower.wake()
        self.follower.step()

    def ear(self, person: User, topic: Topic, since: str = "") -> Ear:
        ear, name = Ear(person), f"topic:{topic.public_id}"
        self.hub.add(ear)
        self.follower.ask(Wish(ear, find_stream(name, ear.identity), name, since))
        self.step()
        return ear

    def _do(self, deeds: list[Deed]) -> None:
        async def do_all() -> None:
            for deed in deeds:
                await deed()

        asyncio.run(do_all())


@pytest.fixture
def rounds() -> Rounds:
    return Rounds()


def kinds_of(frames: list[dict[str, Any]]) -> list[str]:
    return [frame.get("target") or frame.get("code") or frame["type"] for frame in frames]


def test_all_who_read_alike_get_the_same_frames(
    rounds: Rounds, question: Topic, ada: User, zed: User, mia: User
) -> None:
    ears = [rounds.ear(person, question) for person in (ada, zed, mia)]
    assert [kinds_of(ear.take()) for ear in ears] == [["subscribed"]] * 3
    make_answer(question, by=mia, source="Turn it off.")
    rounds.step()

    one, other, moderator = (ear.heard for ear in ears)
    assert one == other
    assert all(first is second for first, second in zip(one, other, strict=True))
    assert "Turn it off." in moderator[-1]
    frames = ears[0].take()
    assert kinds_of(frames) == ["best", "answers-head", "topic-facts", "p2"]
    assert {frame["kind"] for frame in frames} == {"answer.posted"}
    assert (frames[-1]["stream"], frames[-1]["behind"]) == (f"topic:{question.public_id}", "p0")


def test_each_hears_it_in_their_language(
    rounds: Rounds, question: Topic, ada: User, zed: User, mia: User
) -> None:
    User.objects.filter(pk=zed.pk).update(locale="ar")
    english, other = rounds.ear(ada, question), rounds.ear(zed, question)
    make_answer(question, by=mia)
    rounds.step()
    assert english.take()[-1] != other.take()[-1]


def test_news_of_another_topic_is_not_told(
    rounds: Rounds, question: Topic, space: Space, ada: User, mia: User
) -> None:
    ear = rounds.ear(ada, question)
    ear.take()
    make_answer(make_topic(space, by=mia), by=mia)
    rounds.step()
    assert ear.take() == []


def test_first_news_goes_at_once_and_the_next_is_collected(
    rounds: Rounds, question: Topic, ada: User, mia: User
) -> None:
    ear = rounds.ear(ada, question)
    ear.take()
    make_answer(question, by=mia)
    rounds.step(0)
    assert ear.take()
    make_answer(question, by=mia)
    make_answer(question, by=mia)
    rounds.step(COLLECT_SECONDS / 2)
    assert ear.take() == []
    rounds.step(COLLECT_SECONDS / 2)
    assert kinds_of(ear.take()) == ["best", "answers-head", "topic-facts", "p3", "p4"]


def test_who_comes_back_hears_what_was_missed(
    rounds: Rounds, question: Topic, ada: User, mia: User
) -> None:
    since = sealed(head())
    answer = make_answer(question, by=mia, source="Missed.")
    accept_answer(answer, by=ada)
    frames = rounds.ear(ada, question, since).take()
    assert kinds_of(frames) == ["best", "answers-head", "topic-facts", "p2", "subscribed"]
    assert "Missed." in frames[0]["html"]
    # From there on nothing is missed.
    assert kinds_of(rounds.ear(ada, question, frames[-1]["number"]).take()) == ["subscribed"]
    assert kinds_of(rounds.ear(ada, question, frames[0]["number"]).take()) == ["subscribed"]


def test_who_missed_too_much_fetches_the_page(
    rounds: Rounds, question: Topic, ada: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_MISSED", 2)
    since = sealed(head())
    for number in range(3):
        make_answer(question, by=mia)
        told = kinds_of(rounds.ear(ada, question, since).take())
        assert ("reload" in told) == (number == 2)


def test_a_position_of_another_site_is_answered_with_reload(
    rounds: Rounds, question: Topic, ada: User
) -> None:
    assert kinds_of(rounds.ear(ada, question, "AAAA").take()) == ["reload", "subscribed"]


def test_who_leaves_hears_no_more_and_others_go_on(
    rounds: Rounds, closed: Space, ada: User, mia: User
) -> None:
    add_member(closed, ada, actor=mia)
    topic = make_topic(closed, by=mia)
    left, stayed = rounds.ear(ada, topic), rounds.ear(mia, topic)
    left.take(), stayed.take()
    leave_space(closed, by=ada)
    make_answer(topic, by=mia, source="Among ourselves.")
    rounds.step()
    assert kinds_of(left.take()) == ["not_found"]
    assert "Among ourselves." in json.dumps(stayed.take())
    make_answer(topic, by=mia)
    rounds.step()
    assert (left.take(), left.ended) == ([], [])
    assert stayed.take()


def test_who_leaves_is_told_without_any_news(
    rounds: Rounds, closed: Space, ada: User, mia: User
) -> None:
    add_member(closed, ada, actor=mia)
    topic = make_topic(closed, by=mia)
    ear = rounds.ear(ada, topic)
    ear.take()
    # Also while later news is being collected.
    make_answer(topic, by=mia)
    rounds.step(0)
    assert ear.take()
    leave_space(closed, by=ada)
    rounds.step(0)
    rounds.step(COLLECT_SECONDS)
    assert kinds_of(ear.take()) == ["not_found"]


def test_socket_of_who_signs_out_ends(
    rounds: Rounds, question: Topic, ada: User, ben: User
) -> None:
    gone, stays = rounds.ear(ada, question), rounds.ear(ben, question)
    ada.sessions.all().delete()
    rounds.step(IDENTITY_SECONDS)
    assert (gone.ended, stays.ended) == ([(4001, "retry=0")], [])


def test_beat_says_that_the_connection_stands(rounds: Rounds, question: Topic, ada: User) -> None:
    ear = rounds.ear(ada, question)
    ear.take()
    rounds.step(29)
    assert kinds_of(ear.take()) == ["beat"]
    rounds.step(29)
    assert ear.take() == []


def test_after_a_mistake_of_ours_the_page_is_fetched(
    rounds: Rounds, question: Topic, ada: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = rounds.ear(ada, question)
    ear.take()

    def fail(*_args: object) -> None:
        raise LookupError("mistake")

    monkeypatch.setattr(TopicStream, "told", fail)
    make_answer(question, by=mia)
    rounds.step()
    assert kinds_of(ear.take()) == ["reload"]


def test_news_waits_while_the_database_is_away(
    rounds: Rounds, question: Topic, ada: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = rounds.ear(ada, question)
    ear.take()

    def fail(*_args: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as away:
        away.setattr(TopicStream, "readers", fail)
        make_answer(question, by=mia)
        with pytest.raises(OperationalError):
            rounds.step()
    assert ear.take() == []
    rounds.step()
    assert kinds_of(ear.take()) == ["best", "answers-head", "topic-facts", "p2"]


def test_stream_that_nobody_watches_is_forgotten(
    rounds: Rounds, question: Topic, ada: User
) -> None:
    ear = rounds.ear(ada, question)
    assert rounds.hub.streams() == [Stream("topic", question.pk)]
    rounds.hub.unwatch(ear, f"topic:{question.public_id}")
    assert rounds.hub.streams() == []
    rounds.hub.remove(ear)
    assert rounds.hub.sockets() == []


@pytest.mark.parametrize("people", [1, 3])
def test_a_push_costs_the_same_for_many(
    rounds: Rounds,
    question: Topic,
    ada: User,
    ben: User,
    zed: User,
    mia: User,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for person in (ada, ben, zed)[:people]:
        rounds.ear(person, question)
    make_answer(question, by=mia)
    with django_assert_num_queries(20 if on_postgresql() else 21):
        rounds.step(0)
