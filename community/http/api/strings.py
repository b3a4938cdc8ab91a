"""Strings in an answer that say what they are, so that guests/names.py finds them.

Apart from shapes.py, which needs REST framework to be set up: its renderer needs these.
"""


class Html(str):
    """Markup that is safe to show as it is."""

    __slots__ = ()


class Handle(str):
    """Names a person; null, or left out of a list, where a guest who asks doesn't see them."""

    __slots__ = ()
