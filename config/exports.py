"""What `manage.py export_site` writes of each model, or why it doesn't. A house test holds it.

Allow-list by model, in the order in which an import puts rows in: what others name comes first.
Of an exported model every column goes out unless it is left out here with a reason.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

COUNTED = "counted again after an import"
RENDERED = "rendered again after an import, so that no HTML is taken on trust"


@dataclass(frozen=True)
class ByKind:
    """A column with the key of a row whose model another column says."""

    kind_column: str
    models: Mapping[str, str]


@dataclass(frozen=True)
class Exported:
    """key is the column by which other rows name this one, "" where none does."""

    key: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)
    by_kind: Mapping[str, ByKind] = field(default_factory=dict)
    # What an import puts into a column that is left out, where the model's default won't do.
    fresh: Mapping[str, Callable[[], Any]] = field(default_factory=dict)


PUBLIC = "public_id"
_POST, _USER = "discussions.Post", "community.User"
_RESOURCE = "discussions.Resource"

EXPORTED: dict[str, Exported] = {
    _USER: Exported(
        key=PUBLIC,
        left_out={
            "password": "a secret; people choose another one through a letter",
            "last_login": "belongs to the installation",
        },
        fresh={"password": partial(make_password, None)},
    ),
    "community.HandleRedirect": Exported(),
    "community.OrgUnit": Exported(key=PUBLIC, left_out={"path": "made again from the parents"}),
    "community.Job": Exported(),
    "community.ProfileDetails": Exported(),
    "community.Field": Exported(key=PUBLIC),
    "community.FieldAnswer": Exported(),
    "community.Departure": Exported(),
    "community.Follow": Exported(),
    "community.Grant": Exported(),
    "community.Space": Exported(
        key=PUBLIC,
        left_out={"rules_html": RENDERED, "member_count": COUNTED, "topic_count": COUNTED},
    ),
    "community.SpaceRedirect": Exported(),
    "community.Archival": Exported(),
    "community.Membership": Exported(),
    "community.JoinRequest": Exported(),
    "community.JoinAnswer": Exported(),
    "community.SpaceInvitation": Exported(),
    "community.Audience": Exported(key=PUBLIC),
    "community.Audience_people": Exported(),
    "community.Audience_units": Exported(),
    "community.DefaultSpace": Exported(),
    "community.File": Exported(key=PUBLIC),
    "discussions.Tag": Exported(
        key="name",
        left_out={"description_html": RENDERED, "merged_into": "set while a merge is at work"},
    ),
    "discussions.TagPreference": Exported(),
    "discussions.TagSynonym": Exported(),
    "discussions.Topic": Exported(
        key=PUBLIC,
        left_out={
            "excerpt": RENDERED,
            **dict.fromkeys(
                (
                    "active_at",
                    "last_poster",
                    "last_byline",
                    "last_number",
                    "participant_ids",
                    "answer_count",
                    "reply_count",
                    "comment_count",
                    "score",
                    "hot",
                ),
                COUNTED,
            ),
        },
    ),
    "discussions.TopicTag": Exported(),
    "discussions.TopicLink": Exported(),
    "discussions.Closure": Exported(),
    "discussions.Pin": Exported(),
    "discussions.Move": Exported(),
    _POST: Exported(key=PUBLIC, left_out={"html": RENDERED, "render_version": RENDERED}),
    "discussions.Revision": Exported(),
    "discussions.Deletion": Exported(),
    "discussions.Acceptance": Exported(),
    "discussions.Vote": Exported(),
    _RESOURCE: Exported(key="topic__public_id"),
    "discussions.Link": Exported(),
    "discussions.Version": Exported(),
    "discussions.Captions": Exported(),
    "discussions.Use": Exported(),
    "discussions.Rating": Exported(),
    "discussions.Draft": Exported(),
    "discussions.SavedPost": Exported(),
    "learning.Collection": Exported(key=PUBLIC, left_out={"description_html": RENDERED}),
    "learning.CollectionCurator": Exported(),
    "learning.CollectionItem": Exported(),
    "learning.CollectionFollow": Exported(),
    "discussions.TopicReading": Exported(),
    "discussions.SpaceWatermark": Exported(),
    "discussions.Visit": Exported(),
    "discussions.Origin": Exported(
        by_kind={
            "object_id": ByKind(
                "kind",
                {
                    "question": _POST,
                    "answer": _POST,
                    "comment": _POST,
                    "user": _USER,
                    "tag": "discussions.Tag",
                    "space": "community.Space",
                },
            )
        }
    ),
    "community.Attachment": Exported(
        by_kind={"object_id": ByKind("kind", {"post": _POST, "resource": _RESOURCE})}
    ),
}

_SIGNS_IN = "a secret of this installation: who holds it is signed in"
_WORK = "work of this installation, done or begun again there"
_DOOR = "its address works at this installation only; whoever didn't come in is invited again"
_UNUSED = "Django's own, not used: capabilities are community.Grant"

LEFT_OUT: dict[str, str] = {
    "account.EmailAddress": "made again when somebody signs in; the address is the person's e-mail",
    "account.EmailConfirmation": _SIGNS_IN,
    "auth.Group": _UNUSED,
    "auth.Group_permissions": _UNUSED,
    "auth.Permission": _UNUSED,
    "community.AccountRequest": _DOOR,
    "community.ApiToken": "a secret: whoever holds it acts as its person; make another one",
    "community.BackgroundJob": _WORK,
    "community.Cursor": _WORK,
    "community.Event": "news of what happened; the tables hold what is so, and imports tell nobody",
    "community.Fanout": _WORK,
    "community.Invitation": _DOOR,
    "community.Invitation_spaces": _DOOR,
    "community.InvitationLink": _DOOR,
    "community.InvitationLink_spaces": _DOOR,
    "community.MailChange": "wishes of a few days, whose links lead to this installation",
    "community.ParkedEvent": _WORK,
    "community.ScheduledRun": _WORK,
    "community.Session": _SIGNS_IN,
    "community.Stream": "numbers of the events, which stay behind",
    "community.Submission": "keys of forms that were sent in the last two days",
    "contenttypes.ContentType": "Django's own list of the models",
    "discussions.Contribution": COUNTED,
    "discussions.Export": "downloads of the last day; ask for another",
    "discussions.Reference": "found again when texts are rendered",
    "discussions.Sheet": "files of the last day on their way in",
    "community.Roster": "tables of the last day on their way in",
    "community.RosterChange": "tables of the last day on their way in",
    "discussions.TagCount": COUNTED,
    "django_tasks_database.DBTaskResult": _WORK,
    "mfa.Authenticator": _SIGNS_IN,
    "sessions.Session": _SIGNS_IN,
}
