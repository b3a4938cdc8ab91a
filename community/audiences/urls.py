"""Addresses of audiences and of what new people join."""

from django.urls import path

from community.audiences import default_views, views

urlpatterns = [
    path("admin/audiences", views.audience_list, name="audience_list"),
    path("admin/audiences/new", views.audience_new, name="audience_new"),
    path("admin/audiences/<str:public_id>", views.audience_detail, name="audience"),
    path("admin/audiences/<str:public_id>/edit", views.audience_edit, name="audience_edit"),
    path("admin/audiences/<str:public_id>/removal", views.audience_remove, name="audience_remove"),
    path(
        "admin/audiences/<str:public_id>/invitations",
        views.audience_invite,
        name="audience_invite",
    ),
    path("admin/default-spaces", default_views.default_spaces_page, name="default_spaces"),
    path(
        "admin/default-spaces/<str:public_id>/removal",
        default_views.default_space_remove,
        name="default_space_remove",
    ),
]
