class TextRefused(ValueError):  # noqa: N818 - the domain's word for it
    """A text can't be rendered; str() is a plain sentence for its author that names the limit."""
