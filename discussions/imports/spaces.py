"""The space that an import goes to."""

from community.outbox.recording import action
from community.spaces.actions import free_slug
from community.spaces.models import Space
from community.text.names import clean_name
from community.text.slugs import slugify
from discussions.imports.dump import DumpError
from discussions.imports.origins import Source
from discussions.topics.models import Origin, Post

LONGEST_NAME = 80


def find_space(name: str, source: Source, *, create: bool) -> Space | None:
    """The space with that name or slug; None if it is still to be made.

    Raises DumpError where it is missing, where one that this source didn't make has the name,
    where a second one would be made for the source, and for what can't be a name.
    """
    name = clean_name(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise DumpError(
            f"A space's name has 1 to {LONGEST_NAME} characters, and --space has {len(name)}."
        )
    made = Space.objects.filter(pk__in=source.known("space", [_key(name)]).values()).first()
    if create and made is not None:
        return made
    if create:
        _require_no_space(source)
    found = list(Space.objects.filter(slug=name) or Space.objects.filter(name__iexact=name))
    if len(found) > 1:
        slugs = ", ".join(sorted(space.slug for space in found))
        raise DumpError(f"Several spaces are called {name}: name one by its address ({slugs}).")
    if found and create:
        raise DumpError(
            f"There is a space {name} already: leave out --create-space to import into it."
        )
    if not found and not create:
        raise DumpError(f"There is no space {name}: make it first, or add --create-space.")
    return found[0] if found else None


def _require_no_space(source: Source) -> None:
    """Raise DumpError where the source is in a space: a second one would stay empty."""
    rows = Origin.objects.filter(system=source.system).values("object_id")
    space = Space.objects.filter(pk__in=rows.filter(kind="space")).order_by("pk").first()
    if space is None:
        questions = Post.objects.filter(pk__in=rows.filter(kind="question"))
        first = questions.select_related("topic__space").order_by("pk").first()
        space = first.topic.space if first else None
    if space is not None:
        raise DumpError(
            f"{source.system} is in the space {space.name} already: "
            f"leave out --create-space and say --space {space.slug}."
        )


@action
def make_space(name: str, source: Source) -> Space:
    """Open to everybody and without an owner: an admin gives it one.

    Its Origin row tells a later run of the same import that this is the space to go on in.
    """
    name = clean_name(name)
    space = Space.objects.create(name=name, slug=free_slug(name))
    source.origin("space", _key(name), space.pk).save()
    return space


def _key(name: str) -> str:
    return slugify(name, max_length=50) or "space"
