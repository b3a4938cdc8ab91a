"""Addresses of collections and of what stands in them."""

from django.urls import path

from learning.collections import item_views, keeping, views

_ONE = "library/collections/<str:public_id>"
_ITEM = "collection-items/<str:public_id>"

urlpatterns = [
    path("library/collections", views.collection_list, name="collections"),
    path("library/collections/new", views.collection_new, name="collection-new"),
    path(_ONE, views.collection_detail, name="collection"),
    path(f"{_ONE}/edit", views.collection_edit, name="collection-edit"),
    path(f"{_ONE}/people", views.collection_people, name="collection-people"),
    path(f"{_ONE}/items", item_views.item_add, name="collection-items"),
    path(f"{_ONE}/removal", keeping.collection_remove, name="collection-removal"),
    path(f"{_ONE}/restoration", keeping.collection_restore, name="collection-restoration"),
    path(f"{_ONE}/following", keeping.collection_follow, name="collection-following"),
    path(
        f"{_ONE}/following/removal",
        keeping.collection_unfollow,
        name="collection-following-removal",
    ),
    path(f"{_ONE}/sight", keeping.collection_see, name="collection-sight"),
    path(_ITEM, item_views.item_explain, name="collection-item"),
    path(f"{_ITEM}/up", item_views.item_up, name="collection-item-up"),
    path(f"{_ITEM}/down", item_views.item_down, name="collection-item-down"),
    path(f"{_ITEM}/removal", item_views.item_remove, name="collection-item-removal"),
    path(f"{_ITEM}/restoration", item_views.item_restore, name="collection-item-restoration"),
    path(
        "resources/<str:public_id>/collections",
        item_views.resource_collect,
        name="resource-collect",
    ),
]
