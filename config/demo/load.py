"""The whole demo company in one transaction: all of it, or nothing."""

from collections import Counter

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.membership import admit
from community.spaces.models import Membership, Space, Visibility
from config.demo.collections import make_collections
from config.demo.company import (
    company,
    invite_guests,
    make_guests,
    make_jobs,
    make_people,
    make_profiles,
    make_spaces,
    make_tags,
    make_units,
)
from config.demo.fields import ask_for_more
from config.demo.own import begin_to_write, gather, keep_some
from config.demo.reading import read_some
from config.demo.texts import TopicText, topic_texts
from config.demo.topics import write_topics
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Post, Topic, TopicLink


@action
def make_demo_company() -> str:
    """Make Brightwater Logistics and return its name; the site must have no people yet."""
    plan = company()
    people = make_people(plan)
    make_profiles(plan, people)
    ask_for_more(people, by=people["yann"])
    units = make_units(plan)
    make_jobs(plan, people, units)
    make_tags(plan)
    spaces = make_spaces(plan, people)
    guests = make_guests(plan)
    invite_guests(plan, guests, spaces)
    people |= guests
    plans = list(topic_texts())
    topics = write_topics(plans, people, spaces)
    link_topics(plans, topics)
    make_collections(people, spaces, topics)
    join_writers(spaces)
    follow_tags(people)
    read_some(people)
    keep_some(people, topics)
    begin_to_write(people, topics)
    gather(people, units, spaces, by=people["yann"])
    return str(plan["name"])


def link_topics(plans: list[TopicText], topics: dict[tuple[str, str], Topic]) -> None:
    for plan in plans:
        if linked := plan.facts.get("linked"):
            TopicLink.objects.create(
                source=topics[plan.space, plan.stem],
                target=topics[plan.space, linked],
                kind=TopicLink.Kind.RELATED,
            )


def join_writers(spaces: dict[str, Space]) -> None:
    """Who wrote three times or more in an open space belongs to it."""
    for space in spaces.values():
        if space.visibility != Visibility.OPEN:
            continue
        authors = Post.objects.filter(topic__space=space).values_list("author_id", flat=True)
        regulars = {person for person, posts in Counter(authors).items() if person and posts >= 3}
        members = Membership.objects.filter(space=space).values_list("person_id", flat=True)
        for person in User.objects.filter(pk__in=regulars - set(members)):
            admit(space, person, actor=person)


def follow_tags(people: dict[str, User]) -> None:
    """Everybody follows the tags that they wrote on most, at most four."""
    for person in people.values():
        written = Tag.objects.filter(pk__in=_tags_of(person))
        TagPreference.objects.bulk_create(
            TagPreference(tag=tag, person=person, level=TagPreference.Level.FOLLOW)
            for tag in written
        )


def _tags_of(person: User) -> list[int]:
    topics = Topic.objects.filter(posts__author=person)
    counted = Counter(topics.values_list("tags", flat=True))
    return [
        tag for tag, _posts in sorted(counted.items(), key=lambda row: (-row[1], row[0])) if tag
    ][:4]
