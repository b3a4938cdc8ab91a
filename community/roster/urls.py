"""Addresses of tables of people."""

from django.urls import path

from community.roster import views

urlpatterns = [
    path("admin/roster", views.roster_create, name="roster_create"),
    path("admin/roster/<str:public_id>", views.roster_show, name="roster"),
    path("admin/roster/<str:public_id>/application", views.roster_apply, name="roster_apply"),
]
