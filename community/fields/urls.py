"""Addresses of fields."""

from django.urls import path

from community.fields import views

urlpatterns = [
    path("me/profile/fields", views.my_fields, name="my_fields"),
    path("admin/fields", views.field_list, name="field_list"),
    path("admin/fields/new", views.field_new, name="field_new"),
    path("admin/fields/<str:public_id>", views.field_edit, name="field_edit"),
    path("admin/fields/<str:public_id>/archive", views.field_archive, name="field_archive"),
    path(
        "admin/fields/<str:public_id>/archive/removal",
        views.field_unarchive,
        name="field_unarchive",
    ),
    path("admin/fields/<str:public_id>/up", views.field_up, name="field_up"),
    path("admin/fields/<str:public_id>/down", views.field_down, name="field_down"),
]
