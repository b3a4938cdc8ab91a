"""Addresses of what one has saved."""

from django.urls import path

from discussions.saved import views

urlpatterns = [
    path("saved", views.saved_list, name="saved"),
    path("saved/<str:public_id>", views.saved_note, name="saved-note"),
    path("saved/<str:public_id>/removal", views.saved_remove, name="saved-removal"),
    path("saved/<str:public_id>/restoration", views.saved_restore, name="saved-restoration"),
    path("saved/<str:public_id>/completion", views.saved_finish, name="saved-completion"),
    path(
        "saved/<str:public_id>/completion/removal",
        views.saved_reopen,
        name="saved-completion-removal",
    ),
    path("posts/<str:public_id>/saving", views.saving_create, name="saving"),
    path("posts/<str:public_id>/saving/removal", views.saving_remove, name="saving-removal"),
]
