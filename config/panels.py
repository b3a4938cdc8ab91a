"""Which boxes stand on which page, in order; community/http/panels loads this by name."""

from collections.abc import Sequence

from community.accounts.panels import password
from community.audiences.panels import lists_of_people
from community.departures.panels import account
from community.fields.panels import asked_fields, more_about
from community.following.panels import follow_button
from community.guests.panels import guest
from community.http.panels import MakePanel
from community.invitations.panels import coming_in
from community.mail_changes.panels import mail
from community.profiles.panels import at_work, presence
from community.roster.panels import people_by_table
from community.sessions.panels import sessions
from community.spaces.panels import ownerless
from community.tokens.panels import tokens
from community.two_step.panels import two_step, two_step_of_person
from config.today.panels import invitations, my_team, spaces_this_week
from discussions.exports.panels import my_contributions, whole_space
from discussions.pages.panels import (
    contributions,
    followed_people,
    latest_of_person,
    popular_tags,
    space_rules,
    unread_in_my_spaces,
)
from discussions.saved.panels import reminders
from discussions.sheets.panels import bring_in

PANELS: dict[str, Sequence[MakePanel]] = {
    "today": [reminders],
    "today_rail": [invitations, followed_people, spaces_this_week, my_team],
    "spaces": [unread_in_my_spaces],
    "space": [space_rules, popular_tags, bring_in],
    "profile_head": [presence, follow_button],
    "profile": [latest_of_person],
    "profile_rail": [at_work, more_about, contributions],
    "account": [mail, password, two_step, sessions, tokens, my_contributions],
    "admin_person": [two_step_of_person, guest, account],
    "admin_rail": [coming_in, people_by_table, lists_of_people, asked_fields, ownerless],
    "space_settings": [bring_in, whole_space],
}
