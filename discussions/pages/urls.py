"""Addresses of lists, topics, posts and tags."""

from django.urls import path

from discussions.pages import (
    editing,
    keeping,
    lists,
    posts,
    preview,
    revisions,
    starting,
    tags,
    topics,
)

urlpatterns = [
    path("questions", lists.question_list, name="questions"),
    path("discussions", lists.discussion_list, name="discussions"),
    path("s/<str:slug>", lists.space_show, name="space"),
    path("ask", starting.topic_start, name="ask"),
    path("preview", preview.preview_create, name="preview"),
    path("t/<str:public_id>", topics.topic_show, name="topic-short"),
    path("t/<str:public_id>/p/<int:number>", topics.post_locate, name="post"),
    path("t/<str:public_id>/<str:slug>", topics.topic_show, name="topic"),
    path("old/<str:system>/<str:kind>/<str:external_id>", topics.origin_redirect, name="origin"),
    path("topics/<str:public_id>/answers", posts.answer_create, name="answers"),
    path("topics/<str:public_id>/replies", posts.reply_create, name="replies"),
    path("topics/<str:public_id>/closure", keeping.topic_close, name="closure"),
    path("topics/<str:public_id>/closure/removal", keeping.topic_reopen, name="closure-removal"),
    path("topics/<str:public_id>/pin", keeping.topic_pin, name="pin"),
    path("topics/<str:public_id>/pin/removal", keeping.topic_unpin, name="pin-removal"),
    path("posts/<str:public_id>/edit", editing.post_edit, name="post-edit"),
    path("posts/<str:public_id>/deletion", posts.post_delete, name="post-deletion"),
    path("posts/<str:public_id>/restoration", posts.post_restore, name="post-restoration"),
    path("posts/<str:public_id>/comments", posts.comment_create, name="comments"),
    path("posts/<str:public_id>/votes", posts.vote_create, name="votes"),
    path("posts/<str:public_id>/votes/removal", posts.vote_withdraw, name="votes-removal"),
    path("posts/<str:public_id>/acceptance", posts.acceptance_create, name="acceptance"),
    path(
        "posts/<str:public_id>/acceptance/removal",
        posts.acceptance_remove,
        name="acceptance-removal",
    ),
    path("posts/<str:public_id>/revisions", revisions.revision_list, name="revisions"),
    path("posts/<str:public_id>/revisions/<int:number>", revisions.revision_show, name="revision"),
    path(
        "posts/<str:public_id>/revisions/<int:number>/rollback",
        revisions.revision_roll_back,
        name="revision-rollback",
    ),
    path(
        "posts/<str:public_id>/revisions/<int:number>/blanking",
        revisions.revision_blank,
        name="revision-blanking",
    ),
    path("tags", tags.tag_list, name="tags"),
    path("tags/suggest", tags.tag_suggest, name="tags-suggest"),
    path("tags/<str:name>", tags.tag_show, name="tag"),
    path("tags/<str:name>/edit", tags.tag_edit, name="tag-edit"),
    path("tags/<str:name>/preference", tags.tag_prefer, name="tag-preference"),
]
