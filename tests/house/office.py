"""An office: one of everything that pages show, under the names that tests use."""

from dataclasses import dataclass

from community.accounts.models import User
from community.audiences.models import Audience
from community.fields.models import Field
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.roster.models import Roster
from community.spaces.models import Space
from discussions.exports.models import Export
from discussions.sheets.models import Sheet
from discussions.topics.models import Post, Topic
from learning.collections.models import Collection, CollectionItem


@dataclass
class Office:
    """Ada asks, Ben answers, Mia moderates, Zed is a stranger, Root an admin, Nia is new."""

    people: dict[str, User]
    workshop: Space
    backroom: Space
    cellar: Space
    attic: Space
    stored: Topic
    question: Topic
    discussion: Topic
    article: Topic
    link: Topic
    film: Topic
    closed: Topic
    deleted: Topic
    hidden: Topic
    answer: Post
    edited: Post
    audience: Audience
    field: Field
    rosters: list[Roster]
    invited: Invitation
    invitation_link: InvitationLink
    asked: AccountRequest
    export: Export
    sheets: list[Sheet]
    collection: Collection
    items: list[CollectionItem]
