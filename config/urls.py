"""All addresses. Public ids and slugs only; see architecture, "Decided now"."""

from django.urls import include, path

from config.today.views import today

urlpatterns = [
    path("", today, name="today"),
    path("", include("community.accounts.urls")),
    path("", include("community.sessions.urls")),
    path("", include("community.following.urls")),
    path("", include("community.tokens.urls")),
    path("api/v1/", include("config.api.urls")),
    path("", include("config.api.pages")),
    path("", include("community.mail_changes.urls")),
    path("", include("community.two_step.urls")),
    path("", include("community.spaces.urls")),
    path("", include("community.audiences.urls")),
    path("", include("community.roster.urls")),
    path("", include("community.profiles.urls")),
    path("", include("community.fields.urls")),
    path("", include("community.invitations.urls")),
    path("", include("community.administration.urls")),
    path("", include("community.attachments.urls")),
    path("", include("community.jobs.urls")),
    path("", include("community.files.urls")),
    path("", include("community.photos.urls")),
    path("", include("community.roles.urls")),
    path("", include("discussions.drafts.urls")),
    path("", include("discussions.exports.urls")),
    path("", include("discussions.saved.urls")),
    path("", include("discussions.sheets.urls")),
    path("", include("community.departures.urls")),
    path("", include("community.guests.urls")),
    path("", include("discussions.pages.urls")),
    path("", include("learning.library.urls")),
    path("", include("learning.collections.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
handler429 = "community.accounts.sign_in.too_many_requests"
