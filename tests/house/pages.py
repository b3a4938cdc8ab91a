"""Every page of the site, with who sees it: also in their empty, refused and broken states."""

from discussions.saved.models import SavedPost
from learning.collections.models import Collection
from tests.house.office import Office
from tests.house.office_pages import (
    admin_pages,
    audiences_pages,
    invitations_pages,
    people_pages,
    rosters_pages,
)
from tests.house.visits import Group, Visit

# Addresses with no page of their own: they lead on, answer data, or take a form's content only.
NO_PAGE = {
    "person_card",
    "topic-short",
    "post",
    "unread",
    "origin",
    "revisions",
    "tags-suggest",
    "person_suggest",
    "account_set_password",
    "preview",
    "share-known",
    "captions-text",
    "export_fetch",
    "file",
    "photo",
    "verbs-style",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
    # They need half a sign-in, a passkey or a setting: tests/browser/test_passkeys.py looks there.
    "mfa_authenticate",
    "mfa_reauthenticate_webauthn",
    "passkey_edit",
    "two_step_required",
}


def groups(office: Office) -> list[Group]:
    return [
        Group("door", _door()),
        Group("lists", _lists()),
        Group("topics", _topics(office)),
        Group("writing", [*_writing(office), *_sharing(office)]),
        Group("collections", _collections(office)),
        Group("spaces", _spaces(office)),
        Group("people", people_pages(office)),
        Group("admin", admin_pages()),
        Group("invitations", invitations_pages(office)),
        Group("audiences", audiences_pages(office)),
        Group("roster", rosters_pages(office)),
    ]


def _door() -> list[Visit]:
    wrong = {"login": "ada@example.com", "password": "not this one at all"}
    return [
        Visit("/account/login/"),
        Visit("/account/login/", typed={}),
        Visit("/account/login/", typed=wrong),
        Visit("/account/signup/"),
        Visit("/account/inactive/"),
        Visit("/account/password/reset/"),
        Visit("/account/password/reset/", typed={"email": "nonsense"}),
        Visit("/account/password/reset/done/"),
        Visit("/account/password/reset/key/1-abc-def/"),
        Visit("/account/password/reset/key/done/"),
        Visit("/account/logout/", "ada"),
        Visit("/account/password/change/", "ada"),
        Visit("/account/password/change/", "ada", {"oldpassword": "x", "password1": "y"}),
        Visit("/welcome", status=404),
    ]


def _lists() -> list[Visit]:
    orders = ("active", "unread", "newest", "unanswered", "popular", "mine")
    return [
        Visit("/", "ada"),
        Visit("/", "nia"),
        Visit("/", "ivo"),
        *(Visit(f"/questions?order={order}", "ada") for order in orders),
        Visit("/questions?order=mine", "nia"),
        Visit("/questions?state=solved&tag=vpn&by=ben", "ada"),
        Visit("/questions?state=x&tag=none&by=none&since=x&until=y", "ada"),
        Visit("/questions?after=broken", "ada"),
        Visit("/discussions", "zed"),
        *(Visit(f"/library{query}", "ada") for query in ("", "?show=all&sort=rated", "?q=nothing")),
        Visit("/library", "ben"),
        Visit("/library", "nia"),
        *(Visit(f"/library/collections{query}", "ada") for query in ("", "?show=mine")),
        Visit("/library/collections?show=followed", "ben"),
        Visit("/library/collections?show=followed", "nia"),
        Visit("/library/collections?show=none", "nia"),
        Visit("/tags", "ada"),
        Visit("/tags?q=nothing", "ada"),
        Visit("/tags/vpn", "ivo"),
        Visit("/tags/networks", "ada"),
        Visit("/tags/vpn/edit", "root"),
        Visit("/unused-tags", "root"),
        Visit("/unused-tags", "mia"),
        Visit("/unused-tags", "zed", status=403),
        Visit("/unused-tags/removal?all=1", "root"),
        Visit("/tags/vpn/names", "root"),
        Visit("/tags/networks/names", "root"),
        Visit("/tags/networks/merge", "root"),
        Visit("/tags/networks/merge?into=tunnel", "root"),
        Visit("/tags/networks/merge", "root", {"into": "none"}, 422),
        Visit("/tags/vpn/names/main", "root", {"name": ""}, 422),
        Visit("/tags/vpn/synonyms", "root", {"name": "networks"}, 422),
        Visit("/tags/vpn/edit", "root", {"source": "x" * 50_001}, 422),
        Visit("/nowhere", "ada", status=404),
        Visit("/admin", "ada", status=403),
        Visit("/questions?order=%00", "ada", status=400),
    ]


def _topics(office: Office) -> list[Visit]:
    question, post = office.question.get_absolute_url(), f"/posts/{office.edited.public_id}"
    return [
        *(Visit(question, name) for name in ("ada", "mia", "zed")),
        Visit(f"{question}?quote=1", "zed"),
        Visit(office.discussion.get_absolute_url(), "ada"),
        Visit(f"{office.discussion.get_absolute_url()}?reply=2", "ben"),
        Visit(office.article.get_absolute_url(), "mia"),
        *(Visit(office.link.get_absolute_url(), name) for name in ("ada", "ben", "zed")),
        *(Visit(office.film.get_absolute_url(), name) for name in ("ben", "zed")),
        Visit(office.closed.get_absolute_url(), "ada"),
        Visit(office.deleted.get_absolute_url(), "ada"),
        Visit(office.stored.get_absolute_url(), "ada"),
        Visit(f"/topics/{office.question.public_id}/closure", "mia"),
        Visit(f"/topics/{office.question.public_id}/closure", "mia", {}, 422),
        Visit(f"/topics/{office.question.public_id}/move", "mia"),
        Visit(f"/topics/{office.question.public_id}/move?to=backroom", "mia"),
        Visit(f"/topics/{office.question.public_id}/move", "mia", {"to": "backroom"}, 409),
        Visit(f"/topics/{office.question.public_id}/pin", "mia"),
        Visit(f"/topics/{office.question.public_id}/pin", "mia", {"until": "2999-01-01"}, 422),
        Visit(f"{post}/revisions/3", "ada"),
        Visit(f"{post}/revisions/2?view=one", "mia"),
        Visit(f"{post}/revisions/1", "zed"),
    ]


def _collections(office: Office) -> list[Visit]:
    collection, item = office.collection.get_absolute_url(), office.items[0].url
    resource = f"/resources/{office.link.public_id}/collections"
    deleted = Collection.objects.get(owner=office.people["ada"], deleted_at__isnull=False)
    stale = {"title": "Another", "description": "Mine", "version": "9"}
    return [
        *(Visit(collection, name) for name in ("mia", "ada", "ben", "zed")),
        Visit(deleted.get_absolute_url(), "ada"),
        Visit(deleted.get_absolute_url(), "zed", status=404),
        Visit("/library/collections/new", "ada"),
        Visit("/library/collections/new", "ada", {"title": ""}, 422),
        Visit(f"{collection}/edit", "ada"),
        Visit(f"{collection}/edit", "ada", stale, 409),
        Visit(f"{collection}/people", "mia"),
        Visit(f"{collection}/people", "mia", {"owner": "@none"}, 422),
        Visit(f"{collection}/items?q=tunnel", "mia"),
        Visit(f"{collection}/items?q=nothing", "mia"),
        Visit(f"{collection}/items", "mia", {"topic": "nowhere"}, 422),
        Visit(item, "ada"),
        Visit(item, "ada", {"why": "x" * 301}, 422),
        Visit(resource, "mia"),
        Visit(resource, "mia", {"collection": office.collection.public_id}, 422),
        Visit(resource, "nia"),
    ]


def _writing(office: Office) -> list[Visit]:
    question, post = f"/topics/{office.question.public_id}", f"/posts/{office.edited.public_id}"
    answer = f"/posts/{office.answer.public_id}"
    saved = SavedPost.objects.get(person=office.people["ada"], post=office.answer)
    stale = {"title": "Another title", "tags": "vpn", "source": "Mine", "version": "1"}
    return [
        Visit("/ask", "ada"),
        Visit("/ask?kind=discussion&space=workshop", "ada"),
        Visit("/ask?kind=article", "ada"),
        Visit("/ask?kind=announcement", "mia"),
        Visit("/ask", "ada", {"kind": "question", "source": "Kept"}, 422),
        Visit("/ask", "ada", {"kind": "question", "source": "*Seen*", "preview": "1"}),
        *(Visit(f"/saved{query}", "ada") for query in ("", "?show=reminders", "?show=done")),
        *(Visit(f"/saved{query}", "nia") for query in ("", "?show=reminders", "?show=done")),
        Visit("/saved", "zed"),
        Visit(f"/saved/{saved.public_id}", "ada"),
        Visit(f"/saved/{saved.public_id}", "ada", {"remind_at": "soon"}, 422),
        Visit("/drafts", "ada"),
        Visit("/drafts", "nia"),
        Visit("/drafts?after=broken", "ada"),
        Visit(f"{question}/answers", "zed", {"source": ""}, 422),
        Visit(f"{question}/answers", "zed", {"source": "*Seen*", "preview": "1"}),
        Visit(f"{answer}/comments", "zed"),
        Visit(f"{answer}/comments", "zed", {"source": ""}, 422),
        Visit(f"{post}/edit", "ada"),
        Visit(f"{post}/edit", "ada", {"title": "", "tags": "", "version": "3"}, 422),
        Visit(f"{post}/edit", "ada", stale, 409),
    ]


def _sharing(office: Office) -> list[Visit]:
    link, film = (f"/resources/{one.public_id}" for one in (office.link, office.film))
    return [
        Visit("/share", "ada"),
        Visit("/share", "ada", {"url": "no", "source": "Kept"}, 422),
        Visit("/share?url=https://example.org/tunnels", "zed"),
        Visit("/share/file", "ada"),
        Visit("/share/file", "ada", {"title": "Kept", "minutes": "x"}, 422),
        Visit(f"{film}/versions", "ben"),
        Visit(f"{film}/versions", "ada"),
        Visit(f"{film}/versions", "ben", {"note": "Kept"}, 422),
        Visit(f"{film}/captions", "ben"),
        Visit(f"{film}/captions", "ben", {"language": ""}, 422),
        Visit(f"{film}/captions/en/removal", "ben"),
        Visit(f"{link}/details", "ben"),
        Visit(f"{link}/details", "ben", {"url": "no", "minutes": "x", "version": "1"}, 422),
        Visit(f"{link}/ratings", "ada"),
        Visit(f"{film}/ratings", "ada"),
        Visit(f"{link}/rating", "ada"),
        Visit(f"{link}/rating", "zed", {"stars": "9"}, 422),
    ]


def _spaces(office: Office) -> list[Visit]:
    return [
        Visit("/spaces", "ada"),
        Visit("/spaces", "ivo"),
        Visit("/spaces?q=nothing", "ada"),
        Visit("/spaces?show=mine", "nia"),
        Visit("/spaces/invitations", "ada"),
        Visit("/spaces/invitations", "ivo"),
        Visit("/spaces/new", "ada"),
        Visit("/spaces/new", "ada", {"name": "", "icon": "none"}, 422),
        Visit("/s/workshop", "ada"),
        Visit("/s/workshop", "mia"),
        Visit("/s/workshop/about", "nia"),
        Visit("/s/workshop/members", "ada"),
        Visit("/s/workshop/members?q=nobody", "ada"),
        *(Visit("/s/backroom", name) for name in ("ada", "zed", "una", "ivo")),
        Visit("/s/backroom/about", "zed"),
        Visit("/s/backroom/request", "zed", {"message": "x" * 301}, 422),
        Visit("/s/backroom", "nia"),
        Visit("/spaces", "nia"),
        Visit("/s/backroom/requests/una", "mia"),
        Visit("/s/backroom/requests/una/refusal", "mia", {"reason": "x" * 301}, 422),
        Visit("/s/workshop/archival", "mia"),
        Visit("/s/workshop/visibility", "mia"),
        Visit("/s/workshop/visibility?to=secret", "mia"),
        Visit("/s/backroom/visibility?to=open", "mia"),
        Visit("/s/backroom/visibility", "mia", {"to": "open"}, 409),
        Visit("/s/workshop/handover", "mia"),
        Visit("/s/workshop/handover", "mia", {"person": "nobody"}, 422),
        Visit("/s/attic", "ada"),
        Visit("/s/attic", "zed"),
        Visit("/s/attic/settings", "mia"),
        Visit("/spaces?show=archived", "ada"),
        Visit("/s/backroom/members", "mia"),
        Visit("/s/backroom/members/ada", "mia"),
        Visit("/s/backroom/members/ada", "mia", {"role": "king"}, 422),
        Visit("/s/backroom/settings", "mia"),
        Visit("/s/backroom/settings", "mia", {"name": ""}, 422),
        Visit("/s/backroom/invitations", "mia", {"person": "be"}, 422),
        Visit("/s/cellar", "ada"),
        Visit("/s/workshop/sheets", "mia"),
        Visit("/s/workshop/sheets", "mia", {}, 422),
        *(Visit(sheet.get_absolute_url(), "mia") for sheet in office.sheets),
    ]
