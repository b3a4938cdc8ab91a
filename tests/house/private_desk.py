"""What only those who manage people, or the person alone, may know."""

from django.test import Client

from community.accounts.models import User
from community.audiences.actions import Members, create_audience, set_default_space
from community.fields.actions import answer_fields
from community.fields.models import SeenBy
from community.invitations.actions import LinkTerms, Wish, invite, make_invitation_link
from community.invitations.tokens import token_of
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.tokens.actions import make_token
from tests.factories.community import make_unit
from tests.factories.fields import make_field
from tests.house.world import World


def fill_desk(world: World) -> None:
    """Into the private spaces: only those who manage people see addresses that are invited."""
    owner = User.objects.get(pk=world.people["owner"].pk)
    grant_capability(owner, Capability.PEOPLE, by=None)
    email = f"{world.token('invited address')}@example.com"
    wish = Wish(email, name=world.token("invited name"), spaces=world.spaces)
    world.invitations.append(invite(wish, by=owner))
    link = make_invitation_link(LinkTerms(days=3, max_uses=2, spaces=world.spaces), by=owner)
    world.links.append(link)
    world.link_token = token_of(link)
    members = Members(f"Leads {world.token('audience')}", people=[world.people["member"]])
    world.audiences.append(create_audience(members, by=owner))
    _ask_for_more(world, owner)
    _send_roster(world, owner)
    set_default_space(make_unit("Unit"), world.spaces[-1], by=owner)


def _send_roster(world: World, owner: User) -> None:
    """Those who manage people see the tables of each other."""
    table = f"email,name\n{world.token('address in a table')}@example.com,Una\n"
    roster = keep_roster(table.encode(), by=owner)
    check(roster, lambda done, total: None)
    world.rosters.append(roster)


def make_private_token(world: World, owner: User) -> None:
    name, scopes = world.token("API token name"), ["discussions:write"]
    made = make_token(by=owner, name=name, scopes=scopes, days=7)
    world.hide("API token id", made.token.public_id)


def session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    found: str = client.session["device"]["public_id"]
    return found


def _ask_for_more(world: World, admin: User) -> None:
    """What the member tells those who manage people only; the question is no secret."""
    field = make_field("Salary band", by=admin, seen_by=SeenBy.NOBODY)
    member = world.people["member"]
    answer_fields(member, {field.public_id: world.token("answer in a field")}, by=member)
    world.fields.append(field)
