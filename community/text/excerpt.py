from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from community.text.references import References, target_of

EXCERPT_LENGTH = 200

# What a reader of a list doesn't need, or must not see before choosing to.
_SKIPPED = {
    "table_open": "table_close",
    "spoiler_open": "spoiler_close",
    "footnote_block_open": "footnote_block_close",
}


def make_excerpt(tokens: Sequence[Token], references: References) -> str:
    """The first EXCERPT_LENGTH characters of the running text, cut at a word, with an ellipsis.

    Code blocks, formulas, tables, spoilers and footnotes are left out.
    """
    words: list[str] = []
    length = 0
    for token in _running_text(tokens):
        for word in _text_of(token.children or [], references).split():
            words.append(word)
            length += len(word) + 1
            if length - 1 > EXCERPT_LENGTH:
                return _cut(" ".join(words))
    return " ".join(words)


def _cut(text: str) -> str:
    head = text[:EXCERPT_LENGTH].rpartition(" ")[0] or text[: EXCERPT_LENGTH - 1]
    return head.rstrip(" ,;:.") + "\u2026"


def _running_text(tokens: Sequence[Token]) -> Iterator[Token]:
    until = ""
    for token in tokens:
        if until:
            until = "" if token.type == until else until
        elif token.type in _SKIPPED:
            until = _SKIPPED[token.type]
        elif token.type == "inline":
            yield token


def _text_of(children: Sequence[Token], references: References) -> str:
    return "".join(_piece(token, references) for token in children)


def _piece(token: Token, references: References) -> str:
    if token.type == "reference":
        target = target_of(token, references)
        return target.text if target else token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "math_inline") else ""
