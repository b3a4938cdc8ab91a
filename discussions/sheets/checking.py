"""Whether each row could become what it says: the rules that people's own posts are held to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.spaces.models import Space
from discussions.sheets.parsing import Fault, Question
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.tagging import checked_tags
from discussions.topics.texts import Text, checked_text, checked_title

T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """A question that can be stored; answers with whether they are accepted."""

    title: str
    text: Text
    tags: list[str]
    answers: list[tuple[Text, bool]]


@dataclass
class Checker:
    """Collects what is wrong with question after question; only reads."""

    space: Space
    by: User
    faults: list[Fault] = field(default_factory=list)

    def check(self, question: Question, known: Mapping[str, int] | None = None) -> Draft | None:
        """The draft, or None where something is wrong.

        known are titles that are there already, with their lines of the file, 0 for the space's.
        """
        if question.is_broken:
            for answer in question.answers:
                self._answer(answer.line, answer.source)
            return None
        before, line = len(self.faults), question.line
        title = self._tried(line, "title", lambda: _new_title(question.title, known or {}))
        tags = self._tried(line, "tags", lambda: self._tags(question.tags))
        text = self._tried(
            line, "question", lambda: self._text(question.source, Post.Kind.OPENING, tags or [])
        )
        answers = [
            (self._answer(answer.line, answer.source), answer.is_accepted)
            for answer in question.answers
        ]
        self._require_one_solution(question)
        if len(self.faults) > before or title is None or text is None or tags is None:
            return None
        return Draft(title, text, tags, [(made, accepted) for made, accepted in answers if made])

    def _answer(self, line: int, source: str) -> Text | None:
        return self._tried(line, "answer", lambda: self._text(source, Post.Kind.ANSWER, []))

    def _tags(self, names: Sequence[str]) -> list[str]:
        return checked_tags(names, by=self.by, space=self.space)

    def _text(self, source: str, kind: Post.Kind, tags: list[str]) -> Text:
        return checked_text(source, kind, by=self.by, space_id=self.space.pk, tags=tags)

    def _tried(self, line: int, column: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except ValidationError as error:
            self.faults.append(Fault(line, column, " ".join(error.messages)))
            return None

    def _require_one_solution(self, question: Question) -> None:
        accepted = [answer for answer in question.answers if answer.is_accepted]
        if self.space.allows_several_solutions:
            return
        why = _("This space takes one accepted answer for a question.")
        self.faults += [Fault(answer.line, "accepted", why) for answer in accepted[1:]]


def known_titles(space: Space, questions: Collection[Question]) -> set[str]:
    """Which of the titles are those of living questions in the space."""
    titles = {question.title for question in questions}
    there = Topic.objects.filter(space=space, kind=Kind.QUESTION, deleted_at=None, title__in=titles)
    return set(there.values_list("title", flat=True))


def _new_title(title: str, known: Mapping[str, int]) -> str:
    title = checked_title(title)
    if line := known.get(title):
        again = _("This title stands on line %(line)s too: leave one of them out.")
        raise ValidationError(again % {"line": line})
    if title in known:
        raise ValidationError(_("The space has a question with this title: leave the row out."))
    return title
