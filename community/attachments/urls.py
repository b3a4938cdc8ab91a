"""The address of every file."""

from django.urls import path

from community.attachments import views

urlpatterns = [path("f/<str:public_id>/<str:name>", views.file_show, name="file")]
