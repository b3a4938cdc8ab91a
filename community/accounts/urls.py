"""Addresses of people and of sign-in. allauth reverses its own names, so they stay."""

from allauth.account import views as allauth_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from community.accounts import sign_in, views

urlpatterns = [
    path("people", views.person_list, name="person_list"),
    path("people/chart", views.person_chart, name="person_chart"),
    path("people/units", views.unit_list, name="unit_list"),
    path("people/suggest", views.person_suggest, name="person_suggest"),
    path("p/<str:handle>", views.person_detail, name="person_detail"),
    path("me/profile", views.my_profile, name="my_profile"),
    path("me/handle", views.my_handle, name="my_handle"),
    path("me/account", views.my_account, name="my_account"),
    path("account/login/", sign_in.sign_in, name="account_login"),
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/password/change/", allauth_views.password_change, name="account_change_password"),
    # Who has no password yet gets one by the link in a reset letter.
    path(
        "account/password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("account/password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/done/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "account/password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
