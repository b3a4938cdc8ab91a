"""Addresses of a change of address."""

from django.urls import path

from community.mail_changes import views

urlpatterns = [
    path("me/account/email", views.my_mail, name="my_mail"),
    path("me/account/email/removal", views.my_mail_withdraw, name="my_mail_withdraw"),
    path("account/email/<str:token>/", views.mail_change, name="mail_change"),
]
