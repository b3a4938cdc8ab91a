"""Addresses of the pages for those who run the site."""

from django.urls import path

from community.administration import views

urlpatterns = [
    path("admin/work", views.work, name="work"),
    path("admin/work/parked/<str:public_id>/retry", views.parked_retry, name="parked_retry"),
    path("admin/work/parked/<str:public_id>/discard", views.parked_discard, name="parked_discard"),
    path("admin/work/fanouts/<str:public_id>/retry", views.fanout_retry, name="fanout_retry"),
    path("admin/work/fanouts/<str:public_id>/discard", views.fanout_discard, name="fanout_discard"),
    path("admin/work/jobs/<str:public_id>/retry", views.job_retry, name="job_retry"),
    path("admin/work/jobs/<str:public_id>/discard", views.job_discard, name="job_discard"),
    path("admin/work/jobs/<str:public_id>/cancel", views.job_cancel, name="job_cancel"),
]
