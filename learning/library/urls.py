"""Addresses of the Library."""

from django.urls import path

from learning.library import views

urlpatterns = [path("library", views.library_show, name="library")]
