from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from community.text.urls import (
    OTHER_SITE_REL,
    destination,
    file_id,
    is_allowed,
    is_own_file,
    is_well_formed,
)


def links_plugin(parser: MarkdownIt) -> None:
    """Apply the link policy: refused addresses stay text, other sites get rel, images are ours.

    An image elsewhere would tell that site who reads what, and one of our pages would be asked for
    in the reader's name, so both become links.
    """
    parser.validateLink = _becomes_link  # type: ignore[method-assign]  # markdown-it's documented hook
    parser.core.ruler.before("text_join", "links", _apply_policy)


def _becomes_link(url: str) -> bool:
    return is_allowed(url) and is_well_formed(url)


def _apply_policy(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_checked(token.children or []))


def _checked(children: list[Token]) -> Iterator[Token]:
    inside_link = False
    for token in children:
        if token.type == "link_open":
            inside_link = True
            _set_rel(token)
        elif token.type == "link_close":
            inside_link = False
        yield from _replacement(token, inside_link)


def _replacement(token: Token, inside_link: bool) -> list[Token]:
    """Inside a link only the description can stay, since HTML has no link in a link."""
    if token.type == "image":
        token.meta["inside_link"] = inside_link
    if token.type != "image" or is_own_file(str(token.attrs["src"])):
        return [token]
    description = plain_text(token.children or [])
    if inside_link:
        return [_text(description)]
    url = str(token.attrs["src"])
    opening = Token("link_open", "a", 1, attrs={"href": url})
    _set_rel(opening)
    return [opening, _text(description or url), Token("link_close", "a", -1)]


def file_ids_of(tokens: list[Token]) -> tuple[str, ...]:
    """Public ids of the files of this site that parsed text shows or links, each once."""
    found: dict[str, None] = {}
    for token in tokens:
        for child in token.children or []:
            address = child.attrs.get("src") or child.attrs.get("href")
            public_id = file_id(str(address)) if address else None
            if public_id:
                found[public_id] = None
    return tuple(found)


def plain_text(children: list[Token]) -> str:
    """The text of an image's description without its markup."""
    return "".join(plain_text(child.children or []) or child.content for child in children)


def _set_rel(token: Token) -> None:
    if destination(str(token.attrs["href"])) == "other":
        token.attrSet("rel", OTHER_SITE_REL)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
