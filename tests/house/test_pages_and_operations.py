"""What people do on pages, programs do by the API: each action of a page is one of an operation."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
AREAS = ("community", "discussions", "expertise", "learning", "search", "config")
KEEPS_ITSELF = "A stolen token must not make itself last, or sign anybody in."
IN_A_LETTER = "Whoever does it has no account yet, so no token: it begins at a letter."
# Actions of pages that no operation takes, each with the reason.
PAGES_ONLY = {
    "accept_invitation": IN_A_LETTER,
    "ask_for_account": IN_A_LETTER,
    "ask_to_sign_up": IN_A_LETTER,
    "confirm_change": KEEPS_ITSELF,
    "end_all_sessions": KEEPS_ITSELF,
    "end_session": KEEPS_ITSELF,
    "grant_capability": KEEPS_ITSELF,
    "grant_capability_to_unit": KEEPS_ITSELF,
    "make_token": KEEPS_ITSELF,
    "rename_passkey": KEEPS_ITSELF,
    "request_change": KEEPS_ITSELF,
    "reset_two_step": KEEPS_ITSELF,
    "revoke_token": KEEPS_ITSELF,
    "undo_change": KEEPS_ITSELF,
    "withdraw_capability": KEEPS_ITSELF,
    "withdraw_change": KEEPS_ITSELF,
    "hand_over": "Two operations: the new owner's role, then one's own.",
    "note_saved": "PUT of what is saved takes the note along (save_with_note).",
    "save_post": "PUT of what is saved takes the note along (save_with_note).",
    "restore_saved": "PUT of what is saved saves it again, with its note.",
    "restore_draft": "PUT of a draft keeps the text again.",
    "shift_item": "An operation names the place (move_item); a page has no more than up and down.",
}


def test_each_action_of_a_page_is_one_of_an_operation() -> None:
    assert acted_by("views") - acted_by("api") == PAGES_ONLY.keys()


def test_each_reason_says_something() -> None:
    assert all(PAGES_ONLY.values())


def acted_by(kind: str) -> set[str]:
    """The public actions that modules of kind (views, api) name."""
    named = {name for path in modules() if kind_of(path) == kind for name in names_in(path)}
    return {name for name in named & actions() if not name.startswith("_")}


def modules() -> list[Path]:
    """Everything in the areas except migrations."""
    found = (path for area in AREAS for path in (ROOT / area).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def kind_of(path: Path) -> str:
    """ "api" for what programs ask, "views" for what answers with pages, else ""."""
    if path.stem.endswith("api") or path.parent.name == "api":
        return "api"
    return "views" if path.stem.endswith("views") or path.parent.name == "pages" else ""


@cache
def actions() -> set[str]:
    """The names of all functions under @action."""
    return {
        node.name
        for path in modules()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(by, ast.Name) and by.id == "action" for by in node.decorator_list)
    }


def names_in(path: Path) -> set[str]:
    """What the module imports or takes from a module, by the names these have there."""
    nodes = list(ast.walk(parsed(path)))
    imported = {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return imported | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
