"""Addresses of inviting, and of the door that invited people come in by."""

from django.urls import path

from community.invitations import bulk_views, door_views, link_views, request_views, views

urlpatterns = [
    path("join/<str:token>", door_views.join, name="join"),
    # allauth's letter to strangers names this route.
    path("account/signup/", door_views.sign_up, name="account_signup"),
    path("account/signup/sent/", door_views.sign_up_sent, name="sign_up_sent"),
    path("admin/invitations", views.invite_list, name="invite_list"),
    path("admin/invitations/new", views.invite_new, name="invite_new"),
    path("admin/invitations/table", bulk_views.invite_table, name="invite_table"),
    path("admin/invitations/links", link_views.link_list, name="invite_links"),
    path("admin/invitations/links/new", link_views.link_new, name="invite_link_new"),
    path("admin/invitations/links/<str:public_id>", link_views.link_detail, name="invite_link"),
    path(
        "admin/invitations/links/<str:public_id>/withdrawal",
        link_views.link_withdraw,
        name="invite_link_withdraw",
    ),
    path("admin/invitations/requests", request_views.request_list, name="account_requests"),
    path(
        "admin/invitations/requests/<str:public_id>/approval",
        request_views.account_approve,
        name="account_approve",
    ),
    path(
        "admin/invitations/requests/<str:public_id>/refusal",
        request_views.account_decline,
        name="account_decline",
    ),
    path("admin/invitations/<str:public_id>/repeat", views.invite_repeat, name="invite_repeat"),
    path(
        "admin/invitations/<str:public_id>/withdrawal",
        views.invite_withdraw,
        name="invite_withdraw",
    ),
]
