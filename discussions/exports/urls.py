"""Addresses of exports."""

from django.urls import path

from discussions.exports import views

urlpatterns = [
    path("s/<str:slug>/exports", views.space_export_create, name="space_export_create"),
    path("me/exports", views.export_create, name="export_create"),
    path("me/exports/<str:public_id>", views.export_show, name="export"),
    path("me/exports/<str:public_id>/file", views.export_fetch, name="export_fetch"),
]
