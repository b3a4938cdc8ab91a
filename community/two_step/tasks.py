"""Letters on changes of two-step sign-in: whoever didn't make the change learns of it."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from community.accounts.queries import mail_address
from community.jobs.context import JobContext
from community.jobs.functions import job


@job()
def send_change_letter(context: JobContext, person_id: int, change: str) -> None:
    """Send the sentence for change, a key of _sentences(); nothing to somebody who left."""
    found = mail_address(person_id)
    if found is None:
        return
    person, address = found
    with translation.override(person.locale):
        what = _sentences()[change]
        about = {"what": what, "name": settings.SITE_NAME, "site": settings.SITE_URL}
        text = render_to_string("community/two_step/change_letter.txt", about)
        send_mail(_("Your two-step sign-in changed"), text, None, [address])


def _sentences() -> dict[str, str]:
    return {
        "app_added": _("An app for sign-in codes was added to your account."),
        "app_removed": _("The app for sign-in codes was removed from your account."),
        "passkey_added": _("A passkey was added to your account."),
        "passkey_removed": _("A passkey was removed from your account."),
        "codes_renewed": _("New recovery codes were made for your account; the old ones are void."),
        "reset": _(
            "Somebody who manages people reset your two-step sign-in. Sign in with your password,"
            " and set it up anew."
        ),
    }
