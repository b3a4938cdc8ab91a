"""Addresses of one's own sessions."""

from django.urls import path

from community.sessions import views

urlpatterns = [
    path("me/sessions/removal", views.session_remove_all, name="session_remove_all"),
    path("me/sessions/others/removal", views.session_remove_others, name="session_remove_others"),
    path("me/sessions/<str:public_id>/removal", views.session_remove, name="session_remove"),
]
