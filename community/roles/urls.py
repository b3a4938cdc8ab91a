"""Addresses of the admin page and of a new site's first page."""

from django.urls import path

from community.roles import views, welcome

urlpatterns = [
    path("welcome", welcome.welcome, name="welcome"),
    path("admin", views.admin_index, name="admin_index"),
    path("admin/people", views.person_create, name="admin_person_create"),
    path("admin/people/<str:handle>", views.person_admin, name="admin_person"),
    path("admin/units", views.unit_create, name="admin_unit_create"),
    path("admin/grants", views.grant_create, name="grant_create"),
    path(
        "admin/people/<str:handle>/grants/<str:capability>",
        views.person_grant_create,
        name="person_grant_create",
    ),
    path(
        "admin/people/<str:handle>/grants/<str:capability>/removal",
        views.person_grant_remove,
        name="person_grant_remove",
    ),
    path(
        "admin/units/<str:public_id>/grants/<str:capability>",
        views.unit_grant_create,
        name="unit_grant_create",
    ),
    path(
        "admin/units/<str:public_id>/grants/<str:capability>/removal",
        views.unit_grant_remove,
        name="unit_grant_remove",
    ),
]
