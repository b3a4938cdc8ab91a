"""Making and revoking tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import TOKEN_MADE, TOKEN_REVOKED
from community.http.idempotency import once
from community.identifiers.public_ids import new_public_id
from community.outbox.recording import action, record
from community.text.lengths import length_error
from community.text.names import clean_name
from community.tokens.models import ApiToken
from community.tokens.queries import all_scopes
from community.tokens.secrets import digest_of, new_secret

MAX_DAYS = 366


@dataclass(frozen=True)
class NewToken:
    token: ApiToken
    # Known now and never again; "" where a repeat finds the token made.
    secret: str


@action
def make_token(*, by: User, name: str, scopes: Sequence[str], days: int, key: str = "") -> NewToken:
    """Make a token that lasts days, 1 to 366; a repeat with the same key makes no second one.

    Raises ValidationError for the fields name, scopes and days, and above settings.MAX_TOKENS.
    """
    name = _checked(by, name, scopes, days)
    public_id = new_public_id()
    secret = new_secret(public_id)
    token = ApiToken(
        public_id=public_id,
        person=by,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        expires_at=timezone.now() + timedelta(days=days),
    )
    stored = once(key, ApiToken, lambda: _store(token, by), by=by)
    return NewToken(stored, secret if stored.public_id == public_id else "")


def _store(token: ApiToken, by: User) -> ApiToken:
    if ApiToken.objects.filter(person=by).count() >= settings.MAX_TOKENS:
        limit = {"limit": settings.MAX_TOKENS}
        raise ValidationError(
            {"": _("You have %(limit)s tokens, the most there can be. Revoke one first.") % limit}
        )
    token.save()
    record(TOKEN_MADE, actor=by, obj=token, subject=by, label=token.name, scopes=token.scopes)
    return token


def _checked(by: User, name: str, scopes: Sequence[str], days: int) -> str:
    name = clean_name(name)
    errors = {
        "name": length_error(name, 80) if name else _("Name the program that will use it."),
        "scopes": _scope_error(scopes),
        "days": "" if 1 <= days <= MAX_DAYS else _("A token lasts a year at most."),
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    return name


def _scope_error(scopes: Sequence[str]) -> str:
    if not scopes:
        return _("Let it do something.")
    return "" if set(scopes) <= all_scopes() else _("There is no such scope.")


@action
def revoke_token(token: ApiToken, *, by: User) -> None:
    """End by's own token: the next request with it is refused. Raises ApiToken.DoesNotExist."""
    held = ApiToken.objects.select_for_update().get(pk=token.pk, person=by)
    record(TOKEN_REVOKED, actor=by, obj=held, subject=by, label=held.name)
    ApiToken.objects.filter(pk=held.pk).delete()


@action
def revoke_all_tokens(person: User, *, by: User) -> None:
    """End every token of somebody who leaves or is shut out; the caller has checked that by may."""
    for held in ApiToken.objects.filter(person=person).order_by("id"):
        record(TOKEN_REVOKED, actor=by, obj=held, subject=person, label=held.name)
    ApiToken.objects.filter(person=person).delete()
