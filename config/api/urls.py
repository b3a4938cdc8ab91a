"""All operations of the API, gathered from the capabilities."""

from django.urls import include, path

from config.api.schema import SchemaView

urlpatterns = [
    path("schema", SchemaView.as_view(), name="api_schema"),
    path("", include("community.accounts.api")),
    path("", include("community.files.api")),
    path("", include("community.attachments.api")),
    path("", include("community.following.api")),
    path("", include("community.profiles.api")),
    path("", include("community.fields.api")),
    path("", include("community.fields.answer_api")),
    path("", include("community.departures.api")),
    path("", include("community.guests.api")),
    path("", include("community.audiences.api")),
    path("", include("community.audiences.default_api")),
    path("", include("community.invitations.api")),
    path("", include("community.invitations.link_api")),
    path("", include("community.invitations.request_api")),
    path("", include("community.spaces.api")),
    path("", include("community.spaces.member_api")),
    path("", include("community.spaces.archive_api")),
    path("", include("community.spaces.request_api")),
    path("", include("community.spaces.sight_api")),
    path("", include("discussions.tags.api")),
    path("", include("discussions.tags.name_api")),
    path("", include("discussions.topics.api")),
    path("", include("discussions.topics.merge_api")),
    path("", include("discussions.reading.api")),
    path("", include("discussions.reactions.api")),
    path("", include("discussions.answers.api")),
    path("", include("discussions.drafts.api")),
    path("", include("discussions.saved.api")),
    path("", include("discussions.resources.api")),
    path("", include("discussions.resources.file_api")),
    path("", include("discussions.pages.api")),
    path("", include("discussions.pages.move_api")),
    path("", include("discussions.exports.api")),
    path("", include("learning.collections.api")),
    path("", include("learning.collections.item_api")),
]
