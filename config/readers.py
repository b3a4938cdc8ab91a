"""Who may read each model: its reader class, one line a model. A house test holds it complete.

space: belongs to exactly one space, whose members (open: everybody) read it. person: the person
it is about, plus named rights. directory: all colleagues. office: by capability, or nobody but
the system.
"""

READERS: dict[str, str] = {
    "community.Attachment": "space",
    "community.BackgroundJob": "office",
    "community.Cursor": "office",
    "community.Event": "office",
    "community.Fanout": "office",
    "community.File": "space",
    "community.Grant": "office",
    "community.HandleRedirect": "directory",
    "community.Job": "directory",
    "community.JoinRequest": "space",
    "community.Membership": "space",
    "community.OrgUnit": "directory",
    "community.ParkedEvent": "office",
    "community.ScheduledRun": "office",
    "community.Session": "person",
    "community.Space": "space",
    "community.SpaceInvitation": "space",
    "community.SpaceRedirect": "space",
    "community.Stream": "office",
    "community.Submission": "person",
    "community.User": "directory",
    "discussions.Acceptance": "space",
    "discussions.Closure": "space",
    "discussions.Contribution": "space",
    "discussions.Deletion": "space",
    "discussions.Origin": "space",
    "discussions.Pin": "space",
    "discussions.Post": "space",
    "discussions.Reference": "space",
    "discussions.Revision": "space",
    "discussions.SpaceWatermark": "person",
    "discussions.Tag": "directory",
    "discussions.TagCount": "space",
    "discussions.TagPreference": "person",
    "discussions.Topic": "space",
    "discussions.TopicLink": "space",
    "discussions.TopicReading": "person",
    "discussions.TopicTag": "space",
    "discussions.Visit": "person",
    "discussions.Vote": "space",
}
