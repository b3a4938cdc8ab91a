"""What readers of a topic are told while they look at it: the parts that changed."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from community.accounts.models import User
from community.guests.names import page_as_told_to
from community.live.streams import Message
from community.outbox.models import Event
from community.spaces.queries import moderating
from community.spaces.sight import readers
from discussions import events as discussions
from discussions.pages.queries import Entry, read_entries, read_thread, stands_behind
from discussions.pages.thread import thread_context
from discussions.topics.access import can_post, get_topic
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.queries import anchors_of, deleters_in, topic_of, topics_in

# What touches one post. Everything else changes parts of the page that readers see differently, so
# each page fetches itself and takes over what is new.
OF_POSTS = frozenset(
    {
        discussions.ANSWER_POSTED,
        discussions.REPLY_POSTED,
        discussions.COMMENT_POSTED,
        discussions.POST_EDITED,
        discussions.POST_DELETED,
        discussions.POST_RESTORED,
        discussions.ANSWER_ACCEPTED,
        discussions.ANSWER_UNACCEPTED,
        discussions.VOTE_CAST,
        discussions.VOTE_WITHDRAWN,
    }
)
# Those that change how much there is, and of it those after which other answers stand first.
COUNTED = OF_POSTS - {discussions.POST_EDITED, discussions.VOTE_CAST, discussions.VOTE_WITHDRAWN}
OF_ANSWERS = COUNTED - {discussions.REPLY_POSTED, discussions.COMMENT_POSTED}
# Nothing of these stands on the page; the space that a topic came to tells that it moved.
UNHEARD = frozenset({discussions.TOPIC_MOVED_AWAY, discussions.REVISION_BLANKED})


class TopicStream:
    """ "topic:ID"; the methods are described in community/live/streams.py."""

    area = "discussions"

    def find(self, name: str, viewer: User) -> int:
        return get_topic(name, viewer=viewer).pk

    def news(self, key: int) -> Q:
        return Q(topic_id=key) & ~Q(name__in=UNHEARD)

    def keys(self, event: Event) -> Iterable[int]:
        return [event.topic_id] if event.topic_id and event.name not in UNHEARD else []

    def touched(self, event: Event, keys: Collection[int]) -> Iterable[int]:
        """Who comes to a space or leaves it, and who may read it, is news without a topic."""
        if event.space_id is None or event.topic_id is not None:
            return []
        return topics_in(event.space_id, among=keys)

    def readers(self, key: int, people: Collection[User]) -> Mapping[int, Hashable]:
        """Moderators see what is deleted, and each what they deleted; guests names they know."""
        topic = topic_of(key)
        if topic is None:
            return {}
        ids = [person.pk for person in people]
        moderators, deleters = moderating(topic.space, ids), deleters_in(topic, ids)
        present = readers(topic.space).filter(pk__in=ids)
        if topic.deleted_at is not None:
            present = present.filter(pk__in=moderators)
        rows = present.values_list("pk", "is_guest")
        return {
            pk: ("alone", pk) if is_guest or pk in deleters else ("moderator", pk in moderators)
            for pk, is_guest in rows
        }

    def told(self, key: int, events: Sequence[Event], viewer: User) -> list[Message]:
        topic = topic_of(key)
        if topic is None:
            return []
        if others := [event.name for event in events if event.name not in OF_POSTS]:
            return [{"kind": others[-1], "hint": "refresh"}]
        messages = _parts(topic, events, viewer)
        if viewer.is_guest:
            for message in messages:
                message["html"] = page_as_told_to(viewer, message["html"])
        return messages


def _parts(topic: Topic, events: Sequence[Event], viewer: User) -> list[Message]:
    thread = read_thread(topic, viewer=viewer)
    context = thread_context(topic, thread, can_post(topic, viewer))
    names = {event.name for event in events}
    messages = []
    if topic.kind == Kind.QUESTION and names & OF_ANSWERS:
        # First: what is accepted moves there, and what no longer is leaves it.
        messages.append(_message(events[-1].name, "best", "question_best", context))
        messages.append(_message(events[-1].name, "answers-head", "question_head", context))
    if names & COUNTED:
        messages.append(_message(events[-1].name, "topic-facts", "topic_facts", context))
    happened = {event.object_id: event.name for event in events}
    found = sorted(anchors_of(happened).items(), key=lambda pair: pair[1])
    # By number: each stands behind what is there already.
    anchors = {number: happened[pk] for pk, number in found}
    if anchors.get(1) == discussions.POST_EDITED:
        messages.append(_message(anchors[1], "topic-head", "topic_head", context))
    entries = {entry.post.number: entry for entry in read_entries(topic, anchors, viewer=viewer)}
    for number, kind in anchors.items():
        messages.append(_of_post(number, kind, entries.get(number), context, viewer))
    return messages


def _message(kind: str, target: str, template: str, context: Mapping[str, Any]) -> Message:
    html = render_to_string(f"discussions/pages/{template}.html", dict(context))
    return {"kind": kind, "target": target, "html": html}


def _of_post(
    number: int, kind: str, entry: Entry | None, context: Mapping[str, Any], viewer: User
) -> Message:
    """Without entry viewer doesn't see it any more: its place is empty."""
    if entry is None:
        return {"kind": kind, "target": f"p{number}", "html": ""}
    what = WHAT[entry.post.kind] if context["is_question"] else "post"
    message = _message(kind, f"p{number}", "post", {**context, "entry": entry, "what": what})
    if number > 1:
        message["behind"] = f"p{stands_behind(entry.post, viewer=viewer)}"
    return message


# What post.html calls a post of a question.
WHAT: dict[str, str] = {Post.Kind.OPENING: "question", Post.Kind.ANSWER: "answer"}
