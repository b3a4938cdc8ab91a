"""Whose socket it is, and whether they are still who they were."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils import timezone

from community.accounts.models import User
from community.sessions.models import Session
from community.tokens.access import find_token
from community.tokens.models import ApiToken
from community.two_step.access import lacks_two_step

Headers = Mapping[str, str]
# A change of any of them ends the socket; its page or program comes again as who it is then.
GENERATION = ("pk", "password", "is_guest", "locale", "time_zone")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as they came in: by session or by token, one of the two."""

    person_id: int
    session_key: str
    token_id: str
    generation: tuple[Any, ...]
    # What the token may be used for; a session may do what its person may.
    scopes: frozenset[str] = frozenset()

    @property
    def locale(self) -> str:
        return str(self.generation[GENERATION.index("locale")])

    def reads(self, area: str) -> bool:
        wanted = {f"{area}:read", f"{area}:write"}
        return not self.token_id or not self.scopes.isdisjoint(wanted)


def identify(headers: Headers) -> Identity | None:
    """Return who opens a socket with these headers; None for nobody. Cookies or a token."""
    bearer = headers.get("authorization", "")
    if bearer:
        return _by_token(bearer)
    key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key or None)
    person = auth.get_user(request)
    if not isinstance(person, User) or lacks_two_step(person):
        return None
    return Identity(person.pk, key, "", _generation(person))


def still_there(identities: Collection[Identity]) -> set[Identity]:
    """Those whose session or token is valid and whose person is unchanged; three queries."""
    now = timezone.now()
    people = User.objects.active().filter(pk__in={one.person_id for one in identities})
    present = {row[0]: row for row in people.values_list(*GENERATION)}
    sessions = Session.objects.filter(
        session_key__in={one.session_key for one in identities}, expire_date__gt=now
    ).values_list("session_key", flat=True)
    tokens = ApiToken.objects.filter(
        public_id__in={one.token_id for one in identities}, expires_at__gt=now
    ).values_list("public_id", flat=True)
    keys, ids = set(sessions), set(tokens)
    return {
        one
        for one in identities
        if present.get(one.person_id) == one.generation
        and (one.session_key in keys or one.token_id in ids)
    }


def _by_token(bearer: str) -> Identity | None:
    scheme, _space, text = bearer.partition(" ")
    token = find_token(text.strip()) if scheme.lower() == "bearer" else None
    if token is None or lacks_two_step(token.person):
        return None
    generation, scopes = _generation(token.person), frozenset(token.scopes)
    return Identity(token.person_id, "", token.public_id, generation, scopes)


def _generation(person: User) -> tuple[Any, ...]:
    return tuple(getattr(person, name) for name in GENERATION)
