"""All models of the area, for Django's registry."""

from community.accounts.models import HandleRedirect, Job, OrgUnit, User
from community.attachments.models import Attachment
from community.audiences.models import Audience, DefaultSpace
from community.departures.models import Departure
from community.fields.models import Field, FieldAnswer
from community.files.models import File
from community.following.models import Follow
from community.http.models import Submission
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.jobs.models import BackgroundJob, ScheduledRun
from community.mail_changes.models import MailChange
from community.outbox.models import Cursor, Event, Fanout, ParkedEvent, Stream
from community.profiles.models import ProfileDetails
from community.roles.models import Grant
from community.roster.models import Roster, RosterChange
from community.sessions.models import Session
from community.spaces.models import (
    Archival,
    JoinAnswer,
    JoinRequest,
    Membership,
    Space,
    SpaceInvitation,
    SpaceRedirect,
)
from community.tokens.models import ApiToken

__all__ = [
    "AccountRequest",
    "ApiToken",
    "Archival",
    "Attachment",
    "Audience",
    "BackgroundJob",
    "Cursor",
    "DefaultSpace",
    "Departure",
    "Event",
    "Fanout",
    "Field",
    "FieldAnswer",
    "File",
    "Follow",
    "Grant",
    "HandleRedirect",
    "Invitation",
    "InvitationLink",
    "Job",
    "JoinAnswer",
    "JoinRequest",
    "MailChange",
    "Membership",
    "OrgUnit",
    "ParkedEvent",
    "ProfileDetails",
    "Roster",
    "RosterChange",
    "ScheduledRun",
    "Session",
    "Space",
    "SpaceInvitation",
    "SpaceRedirect",
    "Stream",
    "Submission",
    "User",
]
