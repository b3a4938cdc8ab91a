"""All addresses. Public ids and slugs only; see architecture, "Decided now"."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
]
