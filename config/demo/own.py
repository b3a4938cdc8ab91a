"""What the demo people put aside, began to write and follow, and whom the admin gathered."""

from datetime import timedelta

from django.utils import timezone

from community.accounts.models import OrgUnit, User
from community.audiences.actions import Members, create_audience, set_default_space
from community.following.actions import follow_person
from community.spaces.models import Space
from discussions.drafts.actions import save_draft
from discussions.drafts.places import Form, Place
from discussions.saved.actions import finish_saved, note_saved, save_post
from discussions.topics.models import Topic

Topics = dict[tuple[str, str], Topic]

# Space, stem, note, and in how many days to remind (None: never).
Kept = tuple[str, str, str, int | None]
SAVED: dict[str, list[Kept]] = {
    "hanna": [
        ("new-joiners", "06-your-first-hundred-days", "For Freja's first week.", 3),
        ("workplace-it", "10-which-network-for-what", "", None),
        ("finance-desk", "16-mileage-sheet", "Fill in before the month ends.", 6),
    ],
    "priya": [("platform-engineering", "07-which-alerts-to-delete", "", None)],
    "lena": [("workplace-it", "18-phones-three-or-four-years", "Bring to the review.", 9)],
}
DONE = ("hanna", "10-which-network-for-what")
FOLLOWED = [("hanna", "priya"), ("lena", "priya"), ("priya", "lena"), ("yann", "jonas")]


def keep_some(people: dict[str, User], topics: Topics) -> None:
    """Each through the actions that the pages use, so that nobody keeps what they may not read."""
    now = timezone.now()
    for handle, rows in SAVED.items():
        for space, stem, note, days in rows:
            person = people[handle]
            saved = save_post(topics[space, stem].posts.get(number=1), by=person)
            remind_at = now + timedelta(days=days) if days else None
            note_saved(saved, by=person, note=note, remind_at=remind_at)
            if (handle, stem) == DONE:
                finish_saved(saved, by=person)
    for follower, followed in FOLLOWED:
        follow_person(people[followed], by=people[follower])


def begin_to_write(people: dict[str, User], topics: Topics) -> None:
    question = topics["workplace-it", "15-slow-vpn-from-accra"].public_id
    begun = "It was the same from Lagos last spring. Ask which gateway the client picked, then"
    save_draft(Place(Form.TOPIC, question), {"source": begun}, by=people["priya"])
    per_diem = topics["finance-desk", "01-per-diem-when-customer-pays-dinner"].public_id
    begun = "In Bergen they paid for the boat as well. Does that count as"
    save_draft(Place(Form.TOPIC, per_diem), {"source": begun}, by=people["hanna"])


def gather(
    people: dict[str, User], units: dict[str, OrgUnit], spaces: dict[str, Space], *, by: User
) -> None:
    """Audiences for what goes to some, and where newcomers of a unit begin."""
    leads = [people[handle] for handle in ("hanna", "lena", "grace", "akua", "beatriz")]
    create_audience(Members("Team leads", "Who leads one of the teams.", people=leads), by=by)
    sales = Members("Everybody in sales", "All teams that sell.", units=[units["sales"]])
    create_audience(sales, by=by)
    # Where those who work there belong already: a start makes nobody a member of anything.
    for unit, space in (("workplace-it", "workplace-it"), ("platform", "platform-engineering")):
        set_default_space(units[unit], spaces[space], by=by)
