"""Addresses of one's own tokens."""

from django.urls import path

from community.tokens import views

urlpatterns = [
    path("me/tokens/new", views.token_new, name="token_new"),
    path("me/tokens/<str:public_id>/removal", views.token_revoke, name="token_revoke"),
]
