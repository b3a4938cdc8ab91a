"""Pages about people: profiles, accounts, and the desks of those who manage people."""

from community.invitations.tokens import token_of
from community.mail_changes.access import Part, make_token
from community.mail_changes.models import MailChange
from discussions.topics.models import Topic
from tests.house.office import Office
from tests.house.visits import Visit

TOKEN = {"name": "ada", "scope_community": "read", "days": "7", "key": "office-token"}


def people_pages(office: Office) -> list[Visit]:
    return [
        Visit("/people", "ada"),
        Visit("/people?q=nobody", "ada"),
        Visit("/people?show=left", "root"),
        Visit("/people?show=left", "ada", status=403),
        Visit("/following", "ada"),
        Visit("/following", "nia"),
        Visit("/?order=following", "ada"),
        Visit("/?order=following", "nia"),
        Visit("/p/ada", "ada"),
        Visit("/me/profile/details", "ada"),
        Visit("/me/profile/fields", "ada"),
        Visit("/me/profile/fields", "ada", {office.field.public_id: "Noon"}, 422),
        Visit("/admin/fields", "root"),
        Visit("/admin/fields/new", "root"),
        Visit("/admin/fields/new", "root", {"name": "", "kind": "choice"}, 422),
        Visit(f"/admin/fields/{office.field.public_id}", "root"),
        Visit("/me/profile/details", "ada", {"links": "x"}, 422),
        Visit("/p/ada", "zed"),
        Visit("/p/ada/contributions", "ada"),
        Visit("/people/chart", "ada"),
        Visit("/people/units", "ada"),
        Visit("/people/units", "gil", status=404),
        Visit("/p/ada/contributions?kind=replies", "zed"),
        Visit("/p/mia", "ada"),
        *(
            Visit(path, "gil")
            for path in ("/", "/people", "/spaces", "/p/gil", "/p/mia", "/s/patio")
        ),
        Visit(Topic.objects.get(title="Where is the projector?").get_absolute_url(), "gil"),
        Visit("/s/patio/members", "mia"),
        Visit("/s/workshop", "gil", status=404),
        Visit("/people/chart", "gil", status=404),
        Visit("/spaces", "nora"),
        Visit("/spaces/new", "nora", status=403),
        Visit("/p/nia", "ada"),
        *_own_pages(office),
    ]


def _own_pages(office: Office) -> list[Visit]:
    """What each person keeps of themselves: profile, account, tokens, signing in."""
    change = MailChange.objects.get()
    return [
        Visit("/me/profile", "ada"),
        Visit("/me/profile", "ada", {"name": "", "time_zone": "Mars"}, 422),
        Visit("/me/handle", "ada", {"handle": "ben"}, 422),
        Visit("/me/account", "ada"),
        Visit("/me/photo", "ada"),
        Visit("/me/photo", "ada", {}, 422),
        Visit("/me/tokens/new", "ada"),
        Visit("/me/tokens/new", "ada", {"name": ""}, 422),
        Visit("/me/tokens/new", "ada", TOKEN),
        Visit("/me/tokens/new", "ada", TOKEN),
        Visit("/help/api", "ada"),
        Visit("/help/api/reference", "ada"),
        Visit(office.export.get_absolute_url(), "ada"),
        Visit("/me/exports/none", "ada", status=404),
        Visit("/me/account", "una"),
        Visit("/me/account", "ben"),
        Visit("/me/account/email", "ada"),
        Visit("/me/account/email", "ada", {"email": "x"}, 422),
        *(Visit(f"/account/email/{make_token(change, part)}/") for part in Part),
        Visit("/account/email/made-up/", status=404),
        Visit("/account/reauthenticate/", "ada"),
        Visit("/account/2fa/reauthenticate/", "una"),
        Visit("/account/2fa/app/", "ada"),
        Visit("/account/2fa/app/", "ada", {"code": ""}),
        Visit("/account/2fa/app/removal/", "una"),
        Visit("/account/2fa/codes/", "una"),
        Visit("/account/2fa/codes/new/", "una"),
        Visit("/account/2fa/passkeys/add/", "ada"),
        Visit("/account/2fa/passkeys/add/", "ada", {"credential": "x"}),
    ]


def admin_pages() -> list[Visit]:
    work = ("", "?show=parked", "?show=fanouts", "?show=jobs")
    return [
        Visit("/admin", "root"),
        Visit("/admin/people", "root", {"email": "no"}, 422),
        Visit("/admin/people/ada", "root"),
        Visit("/admin/people/una", "root"),
        Visit("/admin/people/mia", "root"),
        Visit("/admin/people/gus", "root"),
        Visit("/admin/people/gil", "root"),
        Visit("/admin/units", "root", {}, 422),
        Visit("/admin/grants", "root", {}, 422),
        *(Visit(f"/admin/work{tab}", "root") for tab in work),
    ]


def invitations_pages(office: Office) -> list[Visit]:
    invitations, link = "/admin/invitations", office.invitation_link
    table = "email,unit\nida@example.com,Bridge works\nnonsense,Nowhere\n"
    return [
        *(Visit(f"{invitations}{show}", "root") for show in ("", "?show=accepted", "?show=ended")),
        Visit(invitations, "ada", status=403),
        Visit(f"{invitations}/new", "root"),
        Visit(f"{invitations}/new", "root", {"email": "no"}, 422),
        Visit(f"{invitations}/table", "root"),
        Visit(f"{invitations}/table", "root", {"text": table}),
        Visit(f"{invitations}/table", "root", {"text": "name\nIda"}, 422),
        Visit(f"{invitations}/links", "root"),
        Visit(f"{invitations}/links/new", "root"),
        Visit(f"{invitations}/links/new", "root", {"days": "0"}, 422),
        Visit(f"{invitations}/links/{link.public_id}", "root"),
        Visit(f"{invitations}/requests", "root"),
        Visit(f"{invitations}/requests/{office.asked.invitation.public_id}/refusal", "root"),
        Visit(f"/join/{token_of(link)}"),
        Visit(f"/join/{token_of(link)}", typed={"email": "no"}, status=422),
        Visit(f"/join/{token_of(link)}", "ada"),
        Visit(f"/join/{token_of(office.invited)}"),
        Visit(f"/join/{token_of(office.invited)}", typed={"password": "short"}, status=422),
        Visit("/join/nothing", status=404),
        Visit("/account/signup/sent/"),
    ]


def rosters_pages(office: Office) -> list[Visit]:
    return [
        Visit("/admin/roster", "root"),
        Visit("/admin/roster", "ada", status=403),
        Visit("/admin/roster", "root", {}, 422),
        *(Visit(roster.get_absolute_url(), "root") for roster in office.rosters),
        Visit(f"{office.rosters[1].get_absolute_url()}?show=missing", "root"),
    ]


def audiences_pages(office: Office) -> list[Visit]:
    audience = office.audience.get_absolute_url()
    return [
        Visit("/admin/audiences", "root"),
        Visit("/admin/audiences?q=nothing", "root"),
        Visit("/admin/audiences", "ada", status=403),
        Visit("/admin/audiences/new", "root"),
        Visit("/admin/audiences/new", "root", {"name": ""}, 422),
        Visit(audience, "root"),
        Visit(f"{audience}/edit", "root"),
        Visit(f"{audience}/edit", "root", {"name": "x", "people": "@zed", "version": "9"}, 409),
        Visit(f"{audience}/invitations", "root", {"space": "none"}, 422),
        Visit("/admin/default-spaces", "root"),
        Visit("/admin/default-spaces", "root", {"unit": "none"}, 422),
    ]
