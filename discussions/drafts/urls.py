"""Addresses of one's own drafts."""

from django.urls import path

from discussions.drafts import views

urlpatterns = [
    path("drafts", views.draft_list, name="drafts"),
    path("drafts/<str:public_id>/deletion", views.draft_delete, name="draft-deletion"),
    path("drafts/<str:public_id>/restoration", views.draft_restore, name="draft-restoration"),
]
