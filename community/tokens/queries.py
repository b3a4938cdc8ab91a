"""Reads on tokens."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from community.accounts.models import User
from community.tokens.models import ApiToken

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def areas() -> "Mapping[str, StrPromise]":
    """What tokens can be limited to, by the key that stands in scopes."""
    found: Mapping[str, StrPromise] = import_string(settings.API_AREAS)
    return found


def all_scopes() -> set[str]:
    return {f"{area}:{verb}" for area in areas() for verb in ("read", "write")}


def tokens_of(person: User) -> QuerySet[ApiToken]:
    """person's tokens, the newest first; one query, at most settings.MAX_TOKENS."""
    return ApiToken.objects.visible_to(person).order_by("-created_at", "-pk")
