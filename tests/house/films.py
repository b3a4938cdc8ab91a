"""The office's files and videos, with versions and captions."""

from community.accounts.models import User
from community.spaces.models import Space
from config.demo.files import FOLDER
from discussions.resources.files import add_version, set_captions
from discussions.topics.models import Topic
from tests.factories.discussions import make_link, make_shared_file
from tests.factories.files import make_file


def share_film(people: dict[str, User], space: Space) -> Topic:
    """A video that browsers can play; beside it one of another site, and a file."""
    by, content = people["ben"], (FOLDER / "scanner-reset.webm").read_bytes()
    film = make_shared_file(space, by=by, file=make_file(by, content, "tour.webm"))
    newer = make_file(by, content, "longer-tour.webm")
    add_version(film, by=by, file=newer.public_id, note="With the second bridge")
    said = (FOLDER / "scanner-reset.vtt").read_bytes()
    set_captions(film, by=by, language="en", content=said)
    make_link(space, by=by, url="https://vimeo.com/76979871", title="A film elsewhere")
    make_shared_file(space, by=by, title="The plan")
    return film
