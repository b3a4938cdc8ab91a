"""Addresses of long work."""

from django.urls import path

from community.jobs import views

urlpatterns = [path("jobs/<str:public_id>/cancellation", views.job_stop, name="job_stop")]
