"""Sign-in by e-mail, and the answer to `person.has_perm("community.people")`."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from community.accounts.models import User
from community.roles.queries import held_capabilities


class GrantBackend(AuthenticationBackend):
    def get_user_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        return set(_held(user_obj))

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        return set(_held(user_obj))

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        return user_obj.is_active and perm in _held(user_obj)


def _held(person: User) -> frozenset[str]:
    """Kept on the object, so that a request asks once."""
    known: dict[str, frozenset[str]] = person.__dict__
    if "_held_capabilities" not in known:
        known["_held_capabilities"] = held_capabilities(person)
    return known["_held_capabilities"]
