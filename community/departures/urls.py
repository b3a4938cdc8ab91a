"""Addresses that switch accounts off and on."""

from django.urls import path

from community.departures import views

urlpatterns = [
    path(
        "admin/people/<str:handle>/deactivation", views.person_deactivate, name="person_deactivate"
    ),
    path(
        "admin/people/<str:handle>/deactivation/removal",
        views.person_reactivate,
        name="person_reactivate",
    ),
]
