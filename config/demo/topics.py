"""Writing the demo company's topics through the product's own actions, as of the past year."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Role, Space
from community.spaces.sight import readers
from config.demo.company import spread
from config.demo.files import write_file
from config.demo.links import write_link
from config.demo.pictures import with_pictures
from config.demo.texts import Section, TopicText
from discussions.answers.actions import accept_answer, post_answer
from discussions.reactions.models import Vote
from discussions.resources.keeping import keep_resource
from discussions.topics.actions import (
    close_topic,
    edit_post,
    pin_topic,
    post_comment,
    post_reply,
    start_topic,
)
from discussions.topics.counters import heat
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.ranking import answer_worth


@dataclass
class Writer:
    """Writes one topic after the other; people and spaces by handle and slug."""

    people: dict[str, User]
    spaces: dict[str, Space]
    now: datetime
    readers: dict[str, list[User]] = field(default_factory=dict)

    def write(self, plan: TopicText) -> Topic:
        space, started = self.spaces[plan.space], self.started_at(plan)
        topic = self.start(plan, space, started)
        opening = topic.posts.get(number=1)
        self.vote(opening, plan.facts.get("votes", 0))
        posts: list[Post] = [opening]
        for section in plan.sections:
            self.add(topic, posts, section, min(started + section.after, self.now))
        self.keep(topic, plan.facts)
        return topic

    def start(self, plan: TopicText, space: Space, at: datetime) -> Topic:
        author, kind = self.people[plan.facts["author"]], Kind(plan.facts["kind"])
        if kind == Kind.LINK:
            return write_link(plan, space, author, self.people, self.readers_of(space), at)
        if kind in {Kind.FILE, Kind.VIDEO}:
            return write_file(plan, space, author, self.people, self.readers_of(space), at)
        topic = start_topic(
            space,
            by=author,
            kind=kind,
            title=plan.title,
            source=with_pictures(plan.text, author),
            tags=plan.facts["tags"],
            at=at,
        )
        if kind == Kind.ARTICLE:
            keep_resource(topic)
        return topic

    def started_at(self, plan: TopicText) -> datetime:
        """The author's local hour on that day, never later than a minute ago."""
        zone = ZoneInfo(self.people[plan.facts["author"]].time_zone)
        day = self.now.astimezone(zone) - timedelta(days=plan.facts["days_ago"])
        minute = spread(plan.stem, "minute", below=60)
        at = day.replace(hour=plan.facts["hour"], minute=minute, second=7, microsecond=0)
        return min(at, self.now - timedelta(minutes=1))

    def add(self, topic: Topic, posts: list[Post], section: Section, at: datetime) -> None:
        author = self.people[section.author]
        text = with_pictures(section.text, author)
        if section.kind == "comment":
            post_comment(posts[-1], by=author, source=text, at=at)
        elif section.kind == "edit":
            posts[-1] = self.edit(posts[-1], author, section, text, at)
        elif section.kind == "answer":
            posts.append(post_answer(topic, by=author, source=text, at=at))
            if section.accepted:
                accepting = min(at + timedelta(hours=2), self.now)
                accept_answer(posts[-1], by=topic.author or author, at=accepting)
        else:
            parent = posts[section.reply_to] if section.reply_to else None
            posts.append(post_reply(topic, by=author, source=text, reply_to=parent, at=at))
        self.vote(posts[-1], section.votes)

    def edit(self, post: Post, author: User, section: Section, text: str, at: datetime) -> Post:
        post.refresh_from_db()
        return edit_post(
            post,
            by=author,
            source=text,
            based_on=post.version,
            reason=section.reason,
            at=at,
        )

    def vote(self, post: Post, votes: int) -> None:
        """The same colleagues every time, in bulk: 3,000 single votes would take half a minute."""
        if not votes:
            return
        near = sorted(
            (person for person in self.readers_of(post.topic.space) if person != post.author),
            key=lambda person: spread(
                post.created_at.date(), post.number, person.handle, below=2**31
            ),
        )
        voters = near[:votes]
        Vote.objects.bulk_create(
            Vote(
                post=post,
                person=person,
                value=1,
                at=min(self.now, post.created_at + timedelta(hours=3)),
            )
            for person in voters
        )
        post.refresh_from_db()
        post.up = len(voters)
        accepted = post.accepted_at is not None
        post.worth = answer_worth(post.up, post.down, accepted=accepted)
        post.save(update_fields=["up", "worth"])
        if post.kind == Post.Kind.OPENING:
            topic = Topic.objects.select_related("space").get(pk=post.topic_id)
            topic.score = post.score
            heat(topic)
            topic.save(update_fields=["score", "hot"])

    def readers_of(self, space: Space) -> list[User]:
        if space.slug not in self.readers:
            self.readers[space.slug] = list(readers(space).order_by("pk"))
        return self.readers[space.slug]

    def keep(self, topic: Topic, facts: dict[str, Any]) -> None:
        owner = topic.space.memberships.filter(role=Role.OWNER).select_related("person").first()
        if owner is None:
            return
        if "pinned_days" in facts:
            until = self.now + timedelta(days=facts["pinned_days"])
            pin_topic(topic, by=owner.person, until=until)
        if "closed" in facts:
            topic.refresh_from_db(fields=["active_at"])
            closed_at = min(topic.active_at + timedelta(days=3), self.now)
            close_topic(topic, by=owner.person, reason=facts["closed"], at=closed_at)


def write_topics(
    plans: list[TopicText], people: dict[str, User], spaces: dict[str, Space]
) -> dict[tuple[str, str], Topic]:
    """Return the topics by space and file, written in the order in which they were started."""
    writer = Writer(people, spaces, timezone.now())
    ordered = sorted(plans, key=lambda plan: (writer.started_at(plan), plan.space, plan.stem))
    return {(plan.space, plan.stem): writer.write(plan) for plan in ordered}
