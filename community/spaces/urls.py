"""Addresses of spaces. `/s/<slug>` itself shows topics: see discussions/pages."""

from django.urls import path

from community.spaces import (
    archive_views,
    member_views,
    membership_views,
    owner_views,
    request_views,
    sight_views,
    views,
)

urlpatterns = [
    path("spaces", views.space_list, name="space_list"),
    path("spaces/invitations", views.my_invitations, name="my_invitations"),
    path("spaces/new", views.space_new, name="space_new"),
    path("s/<str:slug>/about", views.space_about, name="space_about"),
    path("s/<str:slug>/settings", views.space_settings, name="space_settings"),
    path("s/<str:slug>/visibility", sight_views.space_visibility, name="space_visibility"),
    path("s/<str:slug>/handover", owner_views.space_hand_over, name="space_hand_over"),
    path("s/<str:slug>/archival", archive_views.archival_create, name="archival_create"),
    path("s/<str:slug>/archival/removal", archive_views.archival_remove, name="archival_remove"),
    path("s/<str:slug>/membership", membership_views.membership_create, name="membership_create"),
    path(
        "s/<str:slug>/membership/removal",
        membership_views.membership_remove,
        name="membership_remove",
    ),
    path("s/<str:slug>/request", request_views.request_create, name="request_create"),
    path("s/<str:slug>/request/removal", request_views.request_remove, name="request_remove"),
    path(
        "s/<str:slug>/request/answer/removal", request_views.answer_dismiss, name="answer_dismiss"
    ),
    path(
        "s/<str:slug>/invitation/removal",
        membership_views.invitation_decline,
        name="invitation_decline",
    ),
    path("s/<str:slug>/members", member_views.member_list, name="member_list"),
    path("s/<str:slug>/owner", owner_views.owner_create, name="owner_create"),
    path("s/<str:slug>/members/<str:handle>", member_views.member_edit, name="member_edit"),
    path(
        "s/<str:slug>/members/<str:handle>/removal",
        member_views.member_remove,
        name="member_remove",
    ),
    path("s/<str:slug>/requests/<str:handle>", request_views.request_show, name="request_show"),
    path(
        "s/<str:slug>/requests/<str:handle>/approval",
        request_views.request_approve,
        name="request_approve",
    ),
    path(
        "s/<str:slug>/requests/<str:handle>/refusal",
        request_views.request_decline,
        name="request_decline",
    ),
    path("s/<str:slug>/invitations", member_views.invitation_find, name="invitation_find"),
    path(
        "s/<str:slug>/invitations/<str:handle>",
        member_views.invitation_create,
        name="invitation_create",
    ),
    path(
        "s/<str:slug>/invitations/<str:handle>/removal",
        member_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
]
