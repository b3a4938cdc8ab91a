"""Every write on topics and posts."""

from discussions.topics.actions.editing import blank_revision, edit_post, roll_back
from discussions.topics.actions.keeping import (
    close_topic,
    delete_locked,
    pin_topic,
    reopen_topic,
    restore_post,
    unpin_topic,
)
from discussions.topics.actions.moving import move_topic
from discussions.topics.actions.writing import (
    add_post,
    insert_post,
    post_comment,
    post_reply,
    start_topic,
)

__all__ = [
    "add_post",
    "blank_revision",
    "close_topic",
    "delete_locked",
    "edit_post",
    "insert_post",
    "move_topic",
    "pin_topic",
    "post_comment",
    "post_reply",
    "reopen_topic",
    "restore_post",
    "roll_back",
    "start_topic",
    "unpin_topic",
]
