"""Videos of other sites that may be played in a page: an allow-list, asked only on a press.

The player's page gets no cookie of ours and no address but the site's; what it stores and whom it
tells is that site's, so nothing of it is loaded before somebody asks to play.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Embed:
    """A video: site is its name for people, url the player's page, watch the one to share."""

    site: str
    url: str
    watch: str

    @property
    def origin(self) -> str:
        """What the policy must allow to be framed."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))


@dataclass(frozen=True)
class Player:
    """hosts: where its videos are shared; paths: their addresses, with the group id."""

    site: str
    hosts: frozenset[str]
    paths: re.Pattern[str]
    url: str
    watch: str


YOUTUBE_ID = r"(?P<id>[A-Za-z0-9_-]{11})"
PLAYERS: Mapping[str, Player] = {
    "youtube": Player(
        "YouTube",
        frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"}),
        re.compile(rf"/(?:(?:embed|shorts|live|v)/)?{YOUTUBE_ID}/?"),
        "https://www.youtube-nocookie.com/embed/{id}?autoplay=1",
        "https://www.youtube.com/watch?v={id}",
    ),
    "vimeo": Player(
        "Vimeo",
        frozenset({"vimeo.com", "player.vimeo.com"}),
        re.compile(r"/(?:video/)?(?P<id>\d{5,12})/?"),
        "https://player.vimeo.com/video/{id}?dnt=1&autoplay=1",
        "https://vimeo.com/{id}",
    ),
}


def embed_of(url: str) -> Embed | None:
    """The video that the address of a page shows; None for others, and for sites not allowed."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    for name in settings.VIDEO_SITES:
        player = PLAYERS[name]
        if host in player.hosts and (video := _video_id(player, parts.path, parts.query)):
            return Embed(player.site, player.url.format(id=video), player.watch.format(id=video))
    return None


def _video_id(player: Player, path: str, query: str) -> str:
    if path.rstrip("/") == "/watch":
        path = f"/{parse_qs(query).get('v', [''])[0]}"
    found = player.paths.fullmatch(path)
    return found["id"] if found else ""
