"""The address that files are sent to; they are read at /f/: community/attachments."""

from django.urls import path

from community.files import views

urlpatterns = [path("files", views.file_create, name="files")]
