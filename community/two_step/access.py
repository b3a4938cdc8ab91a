"""Who needs two-step sign-in, who has it, and who may take it away."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import User

# Recovery codes alone are no second step: they stand in for one of these.
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_two_step(person: User) -> bool:
    """Whether person holds one of the capabilities that MFA_REQUIRED_FOR names."""
    return any(person.has_perm(capability) for capability in settings.MFA_REQUIRED_FOR)


def has_two_step(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type__in=STEPS).exists()  # type: ignore[no-any-return]


def lacks_two_step(person: User) -> bool:
    """Whether person may go on only after setting it up. No query where the setting is empty."""
    return needs_two_step(person) and not has_two_step(person)


def can_remove(authenticator: Authenticator) -> bool:
    """Whether authenticator's person would still have what is asked of them."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=STEPS)
    return not needs_two_step(authenticator.user) or others.exclude(pk=authenticator.pk).exists()


def passkey_id(passkey: Authenticator) -> str:
    """A public id, since internal keys never leave."""
    mac = salted_hmac("community.two_step.passkey", str(passkey.pk), algorithm="sha256")
    return mac.hexdigest()[:10]


def get_passkey(public_id: str, *, viewer: User) -> Authenticator:
    """Return one of viewer's own passkeys. Raises Authenticator.DoesNotExist."""
    own = Authenticator.objects.filter(user=viewer, type=Authenticator.Type.WEBAUTHN)
    for passkey in own:
        if constant_time_compare(passkey_id(passkey), public_id):
            return passkey
    raise Authenticator.DoesNotExist


def require_reset(person: User, by: User) -> None:
    require_manage(by)
    if person.pk == by.pk:
        raise PermissionDenied(_("Your own two-step sign-in is changed on your account page."))
