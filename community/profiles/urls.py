"""Addresses of what people say of how to work with them."""

from django.urls import path

from community.profiles import views

urlpatterns = [
    path("me/profile/details", views.my_details, name="my_details"),
    path("p/<str:handle>/card", views.person_card, name="person_card"),
]
