"""Addresses that make somebody a guest and a colleague."""

from django.urls import path

from community.guests import views

urlpatterns = [
    path("admin/people/<str:handle>/guest", views.guest_make, name="guest_make"),
    path("admin/people/<str:handle>/guest/removal", views.guest_end, name="guest_end"),
]
