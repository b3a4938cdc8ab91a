"""Addresses of whom one follows."""

from django.urls import path

from community.following import views

urlpatterns = [
    path("following", views.following_list, name="following"),
    path("p/<str:handle>/following", views.person_follow, name="follow"),
    path("p/<str:handle>/following/removal", views.person_unfollow, name="follow-removal"),
]
