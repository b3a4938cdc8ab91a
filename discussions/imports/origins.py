"""Origin rows: what of a source is here already, and where each thing came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from discussions.topics.models import Origin

LOOKUP_ROWS = 500
_ADDRESSES = {
    "user": "users/{id}",
    "question": "q/{id}",
    "answer": "a/{id}",
    "tag": "questions/tagged/{id}",
}


@dataclass(frozen=True)
class Source:
    """system names the source in Origin rows; site is its host, or "" where it isn't known."""

    system: str
    site: str = ""

    def known(self, kind: str, external_ids: Iterable[int | str]) -> dict[str, int]:
        """Which of the external ids are here, each with the key of its object."""
        found: dict[str, int] = {}
        wanted = sorted({str(external_id) for external_id in external_ids})
        for start in range(0, len(wanted), LOOKUP_ROWS):
            chunk = wanted[start : start + LOOKUP_ROWS]
            rows = Origin.objects.filter(system=self.system, kind=kind, external_id__in=chunk)
            found |= dict(rows.values_list("external_id", "object_id"))
        return found

    def origin(
        self,
        kind: str,
        external_id: int | str,
        object_id: int,
        *,
        url: str = "",
        author: int | None = None,
        licence: str | None = None,
    ) -> Origin:
        """An unsaved Origin; the source's own address for that kind unless url gives one."""
        return Origin(
            system=self.system,
            kind=kind,
            external_id=str(external_id),
            object_id=object_id,
            url=url or self.url(kind, external_id),
            author_url="" if author is None else self.url("user", author),
            licence=(licence or "")[:60],
        )

    def url(self, kind: str, external_id: int | str) -> str:
        address = _ADDRESSES.get(kind)
        if not self.site or address is None:
            return ""
        return f"https://{self.site}/{address.format(id=external_id)}"

    def comment_url(self, comment: int, post_kind: str, post: int) -> str:
        url = self.url(post_kind, post)
        return url and f"{url}#comment{comment}_{post}"
