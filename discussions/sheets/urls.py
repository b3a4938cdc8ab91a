"""Addresses of CSV imports."""

from django.urls import path

from discussions.sheets import views

urlpatterns = [
    path("s/<str:slug>/sheets", views.sheet_create, name="sheet_create"),
    path("s/<str:slug>/sheets/<str:public_id>", views.sheet_show, name="sheet"),
    path("s/<str:slug>/sheets/<str:public_id>/import", views.sheet_import, name="sheet_import"),
]
