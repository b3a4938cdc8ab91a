"""The tokens of a world, what carries them, and the private objects that addresses name."""

import secrets
from dataclasses import dataclass, field

from community.accounts.models import User
from community.audiences.models import Audience
from community.fields.models import Field
from community.files.models import File
from community.invitations.models import Invitation, InvitationLink
from community.roster.models import Roster
from community.spaces.models import Space
from discussions.drafts.models import Draft
from discussions.exports.models import Export
from discussions.saved.models import SavedPost
from discussions.sheets.models import Sheet
from discussions.tags.models import Tag
from discussions.topics.models import Origin, Post, Topic
from learning.collections.models import Collection, CollectionItem


@dataclass
class World:
    """people by role; tokens by what carries them; the private objects that addresses name."""

    people: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    spaces: list[Space] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    # What colleagues know and a guest of one space must not: see known_to_colleagues().
    company: dict[str, str] = field(default_factory=dict)
    lobby: list[Topic] = field(default_factory=list)
    # Opens the door for whoever has it, and shows nothing of what is behind.
    link_token: str = ""
    exports: list[Export] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    saved: list[SavedPost] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    links: list[InvitationLink] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    # For every colleague; what they hold is private.
    open_collections: list[Collection] = field(default_factory=list)
    items: list[CollectionItem] = field(default_factory=list)

    def token(self, carrier: str) -> str:
        """Return a new token; one that is searched for by its beginning is never typed whole."""
        self.tokens[carrier] = f"zq{secrets.token_hex(6)}"
        return self.tokens[carrier]

    def hide(self, carrier: str, value: str) -> None:
        """Count a value that exists already, such as a random id, as private."""
        self.tokens[carrier] = value
