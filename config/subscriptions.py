"""The only table from event name to handlers. Names that nobody hears yet stand in UNHEARD."""

from collections.abc import Callable, Sequence

from community import events as community
from community.audiences.handlers import join_default_spaces
from community.invitations.handlers import join_offered_spaces
from community.outbox.fanout import Step
from community.outbox.models import Event
from discussions import events as discussions
from discussions.answers.handlers import contributions_step, count_contributions
from discussions.reading.handlers import forget_readings, forget_readings_step, read_own_post
from discussions.resources.handlers import keep_article
from discussions.topics.handlers import (
    byline_step,
    count_tags,
    refresh_names_for_guest,
    refresh_names_in_post,
    refresh_names_in_topic,
    refresh_names_of_person,
    refresh_names_of_space,
    refresh_names_of_topic,
    rerender_named_step,
    rerender_space_step,
    rerender_step,
    rerender_topic_step,
    version_byline_step,
)
from discussions.topics.merging import merge_step

SUBSCRIPTIONS: dict[str, Sequence[Callable[[Event], None]]] = {
    community.PERSON_CREATED: [join_default_spaces],
    community.PERSON_RENAMED: [refresh_names_of_person],
    community.SPACE_JOINED: [refresh_names_for_guest],
    community.SPACE_LEFT: [forget_readings, refresh_names_for_guest],
    community.COLLEAGUE_CAME_IN: [join_offered_spaces],
    discussions.TOPIC_STARTED: [
        count_tags,
        count_contributions,
        refresh_names_in_post,
        read_own_post,
        keep_article,
    ],
    community.SPACE_VISIBILITY_CHANGED: [refresh_names_of_space],
    discussions.TOPIC_MOVED: [
        count_tags,
        count_contributions,
        refresh_names_of_topic,
        refresh_names_in_topic,
    ],
    discussions.TOPIC_MOVED_AWAY: [count_tags, count_contributions],
    discussions.TOPIC_DELETED: [count_tags, count_contributions, refresh_names_of_topic],
    discussions.TOPIC_RESTORED: [count_tags, count_contributions, refresh_names_of_topic],
    discussions.POST_EDITED: [count_tags, refresh_names_of_topic, refresh_names_in_post],
    discussions.ANSWER_POSTED: [count_contributions, refresh_names_in_post, read_own_post],
    discussions.REPLY_POSTED: [refresh_names_in_post, read_own_post],
    discussions.COMMENT_POSTED: [refresh_names_in_post, read_own_post],
    discussions.POST_DELETED: [count_contributions],
    discussions.POST_RESTORED: [count_contributions],
    discussions.ANSWER_ACCEPTED: [count_contributions],
    discussions.ANSWER_UNACCEPTED: [count_contributions],
    discussions.VOTE_CAST: [count_contributions],
    discussions.VOTE_WITHDRAWN: [count_contributions],
}

UNHEARD = frozenset(
    {
        community.PERSON_FOLLOWED,
        community.PERSON_UNFOLLOWED,
        community.PROFILE_EDITED,
        community.PERSON_DEACTIVATED,
        community.PERSON_REACTIVATED,
        community.MAIL_CHANGE_REQUESTED,
        community.MAIL_CHANGE_UNDONE,
        community.MAIL_CHANGED,
        community.SESSION_ENDED,
        community.SESSIONS_ENDED,
        community.TOKEN_MADE,
        community.TOKEN_REVOKED,
        community.TWO_STEP_CHANGED,
        community.TWO_STEP_RESET,
        community.JOB_ASSIGNED,
        community.ORG_UNIT_CREATED,
        community.CAPABILITY_GRANTED,
        community.CAPABILITY_WITHDRAWN,
        community.SPACE_CREATED,
        community.SPACE_EDITED,
        community.SPACE_ARCHIVED,
        community.SPACE_UNARCHIVED,
        community.SPACE_ROLE_CHANGED,
        community.JOIN_REQUESTED,
        community.JOIN_DECLINED,
        community.SPACE_INVITED,
        community.INVITATION_DECLINED,
        community.FILE_STORED,
        community.COLLEAGUE_INVITED,
        community.COLLEAGUE_INVITATION_WITHDRAWN,
        community.INVITATION_LINK_MADE,
        community.INVITATION_LINK_WITHDRAWN,
        community.ACCOUNT_APPROVED,
        community.ACCOUNT_DECLINED,
        community.PHOTO_CHANGED,
        community.AUDIENCE_CREATED,
        community.AUDIENCE_EDITED,
        community.AUDIENCE_DELETED,
        community.AUDIENCE_INVITED,
        community.ROSTER_APPLIED,
        community.DETAILS_EDITED,
        community.DEFAULT_SPACE_SET,
        community.DEFAULT_SPACE_REMOVED,
        discussions.TOPIC_CLOSED,
        discussions.TOPIC_REOPENED,
        discussions.TOPIC_PINNED,
        discussions.TOPIC_UNPINNED,
        discussions.REVISION_BLANKED,
        discussions.RESOURCE_DESCRIBED,
        discussions.RESOURCE_USED,
        discussions.RESOURCE_UNUSED,
        discussions.RESOURCE_RATED,
        discussions.RESOURCE_UNRATED,
        discussions.LINK_READ,
        discussions.LINK_BROKEN,
        discussions.LINK_MENDED,
        discussions.EXPORT_ASKED,
        discussions.SHEET_IMPORTED,
        discussions.TAG_CREATED,
        discussions.TAG_DESCRIBED,
        discussions.TAG_PREFERRED,
        discussions.TAG_RENAMED,
        discussions.TAG_SYNONYM_ADDED,
        discussions.TAG_SYNONYM_REMOVED,
        discussions.TAG_MERGED,
        discussions.TAG_RESTRICTED,
    }
)

FANOUTS: dict[str, Step] = {
    "merge-tag": merge_step,
    "rerender": rerender_step,
    "rerender-topic": rerender_topic_step,
    "rerender-space": rerender_space_step,
    "rerender-named": rerender_named_step,
    "byline": byline_step,
    "byline-of-versions": version_byline_step,
    "contributions": contributions_step,
    "forget-readings": forget_readings_step,
}
