import re
import secrets
import string
from functools import cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

# A fixed list, because an unknown name makes Pygments search every installed package.
_LANGUAGE_NAMES = """
    bash c c# c++ console cpp cs csharp css diff docker dockerfile go html ini java javascript js
    json jsx kotlin lua make makefile nginx perl php powershell ps1 py python r rb rs ruby rust
    scala sh shell sql swift toml ts tsx typescript xml yaml yml
"""
LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
MAX_HIGHLIGHTED = 10_000

# Their lexers take quadratic time on unusual input, so their code counts six times.
_SLOW_LANGUAGES = frozenset(["c#", "cs", "csharp", "java", "make", "makefile"])

# Some lexers look through white space again from each of its places.
_LONG_SPACE = re.compile(r"\s{100}")

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


class CodeBlocks:
    """Code of one text that stands aside while the rest is sanitised.

    add() gives a place-holder of random letters, which nobody can write in advance and which both
    sanitisers leave alone; splice() puts the highlighted code in its place.
    """

    def __init__(self) -> None:
        self._nonce = "".join(secrets.choice(string.ascii_letters) for _ in range(20))
        self._blocks: list[str] = []
        self._budget = MAX_HIGHLIGHTED

    def add(self, code: str, language: str) -> str:
        """Keep code, highlighted while the text has at most MAX_HIGHLIGHTED characters of it."""
        cost = len(code) * (6 if language in _SLOW_LANGUAGES else 1)
        if language in LANGUAGES and cost <= self._budget and not _LONG_SPACE.search(code):
            self._budget -= cost
            self._blocks.append(highlight(code, _lexer(language), _FORMATTER))
        else:
            self._blocks.append(escape(code, quote=False))
        return f"{self._nonce}x{len(self._blocks) - 1}x"

    def splice(self, html: str) -> str:
        return re.sub(rf"{self._nonce}x(\d+)x", lambda found: self._blocks[int(found[1])], html)


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)
