"""The people of the office, and what those who manage people keep."""

from django.utils import timezone

from community.accounts.actions import Profile, edit_profile
from community.accounts.models import OrgUnit, User
from community.audiences.actions import Members, create_audience, set_default_space
from community.audiences.models import Audience
from community.invitations.accepting import Newcomer, accept_invitation
from community.invitations.actions import (
    LinkTerms,
    Wish,
    invite,
    make_invitation_link,
    withdraw_invitation,
)
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.invitations.tokens import token_of
from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.mail_changes.actions import request_change
from community.outbox.models import Event, Fanout, ParkedEvent
from community.roles.models import Capability, Grant
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.roster.models import Roster
from community.spaces.models import Space
from tests.factories.community import (
    PASSWORD,
    make_admin,
    make_guest,
    make_job,
    make_person,
    make_space,
    make_unit,
)
from tests.factories.discussions import make_answer, make_comment, make_topic
from tests.factories.two_step import make_app


def make_people() -> dict[str, User]:
    names = ("Ben", "Mia", "Zed", "Nia", "Una", "Ivo")
    people = {name.lower(): make_person(name) for name in names}
    people["ada"] = make_person("Ada", password=PASSWORD)
    people["root"] = make_admin()
    make_app(people["una"])
    request_change("benjamin@example.com", by=people["ben"])
    unit = make_unit("Bridge works")
    make_job(people["mia"], unit, title="Head of bridges")
    make_job(people["ada"], unit, title="Engineer", manager=people["mia"])
    about = Profile(name="Ada", about="Ask me about tunnels.", city="Basel")
    edit_profile(people["ada"], about, by=people["ada"])
    Grant.objects.create(org_unit=unit, capability=Capability.TAGS)
    gone = make_person("Gus")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return people | {"gone": gone}


def make_leads(people: dict[str, User], workshop: Space) -> Audience:
    unit = OrgUnit.objects.get()
    set_default_space(unit, workshop, by=people["root"])
    members = Members("Leads", "Who leads", people=[people["zed"]], units=[unit])
    return create_audience(members, by=people["root"])


def make_invitations(
    people: dict[str, User], workshop: Space
) -> tuple[Invitation, InvitationLink, AccountRequest]:
    """Open, accepted, withdrawn and refused by the mail server; a link, and who asks by it."""
    root, unit = people["root"], OrgUnit.objects.get()
    wish = Wish("ida@example.com", name="Ida", unit=unit, spaces=[workshop])
    invited = invite(wish, by=root)
    accepted = invite(Wish("kim@example.com"), by=root)
    accept_invitation(token_of(accepted), Newcomer("Kim", PASSWORD))
    withdraw_invitation(invite(Wish("late@example.com"), by=root), by=root)
    refused = invite(Wish("away@example.com"), by=root)
    Invitation.objects.filter(pk=refused.pk).update(trouble="550 no such mailbox")
    link = make_invitation_link(LinkTerms(days=3, max_uses=2, unit=unit), by=root)
    until = link.expires_at
    stranger = Invitation.objects.create(
        email="lou@example.com", link=link, name="Lou", expires_at=until
    )
    asked = AccountRequest.objects.create(invitation=stranger, message="I am new in the team.")
    return invited, link, asked


def make_rosters(by: User) -> list[Roster]:
    """One in each state that its page knows."""
    now = timezone.now()
    table = b"email,name,unit,title\nida@x.org,Ida,New unit,Cook\nben@example.com,Benno\nx,,,\n"
    rosters = [keep_roster(table, by=by) for _state in range(4)]
    for roster in rosters[1:]:
        check(roster, lambda done, total: None)
    Roster.objects.filter(pk=rosters[2].pk).update(started_at=now)
    Roster.objects.filter(pk=rosters[3].pk).update(started_at=now, applied_at=now)
    return rosters


def make_background_work(people: dict[str, User]) -> None:
    """Of every kind that the page of background work knows, one that went well and one not."""
    event = Event.objects.order_by("id")[0]
    fault = "ValueError: no\n  in count_tags"
    ParkedEvent.objects.create(handler="discussions.sample", event=event, error=fault)
    ScheduledRun.objects.create(name="reap-jobs", last_at=timezone.now(), error=fault)
    Fanout.objects.create(kind="rerender", rows=500, error=fault)
    Fanout.objects.create(kind="rename", rows=7)
    for state in JobState:
        BackgroundJob.objects.create(
            task="sample.count",
            label="Count everything",
            owner=people["root"],
            state=state,
            done_rows=3,
            total_rows=9,
            error=fault if state == JobState.DEAD else "",
        )


def welcome_guests(people: dict[str, User]) -> None:
    """One who takes part in a space, and one who belongs to none yet."""
    patio = make_space("Patio", owner=people["mia"])
    people["gil"] = make_guest("Gil", spaces=(patio,))
    people["nora"] = make_guest("Nora")
    make_topic(patio, by=people["mia"], title="Who waters the plants?", tags=["plants"])
    title = "Where is the projector?"
    question = make_topic(patio, by=people["gil"], title=title, tags=["plants"])
    make_comment(make_answer(question, by=people["mia"]), by=people["gil"])
