import re
import unicodedata

# Letters that Unicode doesn't take apart into a base and an accent.
_FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)


def slugify(title: str, *, max_length: int = 80) -> str:
    """Lower-case words of title joined by hyphens, accents folded, cut at a word if possible.

    Letters of other scripts stay. "" if nothing is left.
    """
    folded = unicodedata.normalize("NFKD", title.lower().translate(_FOLDED))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", plain)).strip("-")
    if len(slug) <= max_length:
        return slug
    head, _, _ = slug[: max_length + 1].rpartition("-")
    return head or slug[:max_length]
