"""Languages that a resource may be in, under the names that their speakers give them."""

from django.conf.locale import LANG_INFO

CODES = (
    *("ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nb", "nl"),
    *("pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk", "zh-hans"),
)
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in CODES]
NAMES: dict[str, str] = dict(LANGUAGES)
