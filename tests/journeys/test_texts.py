"""What becomes of a text between two people, without a browser and on every database."""

import re

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Kind, Topic
from tests.factories.discussions import make_answer, make_topic, opening

pytestmark = pytest.mark.django_db


def as_member(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(answer: HttpResponseBase) -> str:
    return answer.getvalue().decode()


def hidden_field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def test_question_goes_from_asking_to_solved_and_back(space: Space, ada: User, ben: User) -> None:
    asker, expert = as_member(ada), as_member(ben)
    asked = {"kind": "question", "space": space.slug, "tags": "vpn", "title": "Which port?"}
    address = asker.post("/ask", asked | {"source": "I forgot."}).headers["Location"]
    topic = Topic.objects.get()
    expert.post(f"/topics/{topic.public_id}/answers", {"source": "Port 1194."})
    answer = topic.posts.get(number=2)
    asker.post(f"/posts/{answer.public_id}/comments", {"source": "Thank you"})
    asker.post(f"/posts/{answer.public_id}/votes", {"value": "1"})
    asker.post(f"/posts/{answer.public_id}/acceptance")
    solved = page_of(asker.get(address))
    asker.post(f"/posts/{answer.public_id}/acceptance/removal")
    topic.refresh_from_db()
    assert "Best answer" in solved
    assert "accepted by Ada, who asked" in solved
    assert "Best answer" not in page_of(asker.get(address))
    assert (topic.answer_count, topic.comment_count, topic.solved_at) == (1, 1, None)


def test_edits_that_meet_lose_no_word(question: Topic, ada: User, mia: User) -> None:
    address = f"/posts/{opening(question).public_id}/edit"
    based_on = hidden_field(page_of(as_member(ada).get(address)), "version")
    text = {"title": question.title, "tags": "vpn", "version": based_on}
    as_member(mia).post(address, text | {"source": "Mia says the router."})
    refused = as_member(ada).post(address, text | {"source": "Ada says the cable."})
    page = page_of(refused)
    again = text | {"version": hidden_field(page, "version"), "source": "Router and cable."}
    saved = as_member(ada).post(address, again)
    sources = list(opening(question).revisions.values_list("source", flat=True))
    assert refused.status_code == 409
    assert "Mia says the router.</textarea>" in page
    assert "Ada says the cable.</textarea>" in page
    assert saved.status_code == 303
    assert sources[-2:] == ["Mia says the router.", "Router and cable."]


@pytest.mark.parametrize("kind", ["answers", "replies"])
def test_post_that_arrives_twice_is_there_once(
    space: Space, ada: User, ben: User, kind: str
) -> None:
    talk = Kind.QUESTION if kind == "answers" else Kind.DISCUSSION
    topic = make_topic(space, by=ada, kind=talk)
    client = as_member(ben)
    key = hidden_field(page_of(client.get(topic.get_absolute_url())), "key")
    sent = [
        client.post(f"/topics/{topic.public_id}/{kind}", {"source": "Once", "key": key})
        for _ in range(2)
    ]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert topic.posts.filter(source="Once").count() == 1


def test_topic_that_closes_while_somebody_writes_keeps_the_text(
    question: Topic, ben: User, mia: User
) -> None:
    make_answer(question, by=mia)
    as_member(mia).post(f"/topics/{question.public_id}/closure", {"reason": "Solved by phone"})
    late = as_member(ben).post(f"/topics/{question.public_id}/answers", {"source": "My long text"})
    page = page_of(late)
    assert late.status_code == 422
    assert "My long text</textarea>" in page
    assert "This topic is closed; nothing can be added to it." in page


def test_person_who_leaves_a_closed_space_reads_nothing_of_it_any_more(
    closed: Space, ada: User
) -> None:
    topic = make_topic(closed, by=ada, title="Who pays?")
    client = as_member(ada)
    before = page_of(client.get(topic.get_absolute_url()))
    client.post("/s/backroom/membership/removal")
    after = [client.get(address) for address in (topic.get_absolute_url(), "/", "/questions")]
    assert "Who pays?" in before
    assert after[0].status_code == 404
    assert [answer for answer in after if "Who pays?" in page_of(answer)] == []


def test_answer_among_many_is_deleted_without_asking_for_each(
    question: Topic, ada: User, ben: User
) -> None:
    """A page that asks once per row is an error in tests."""
    answers = [make_answer(question, by=person) for person in (ada, ben, ada, ben)]
    gone = as_member(ben).post(f"/posts/{answers[1].public_id}/deletion")
    question.refresh_from_db()
    assert (gone.status_code, question.answer_count) == (303, 3)
