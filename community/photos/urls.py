"""Addresses of photos."""

from django.urls import path

from community.photos import views

urlpatterns = [
    path("me/photo", views.my_photo, name="my_photo"),
    path("me/photo/removal", views.my_photo_remove, name="my_photo_remove"),
    path("photos/<str:public_id>/<int:width>", views.photo_show, name="photo"),
]
