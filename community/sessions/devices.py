"""The browser and the system that a session runs in, in words."""

from ipaddress import ip_address

from django.utils.translation import gettext as _

# The first that stands in the text counts: most browsers also name those they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return such as "Firefox on Linux"; "Another program" for what is no browser."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Another program")


def place_name(address: str) -> str:
    """Return the address with what it says of the place; nothing is looked up elsewhere."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return _("from an unknown address")
    if parsed.is_loopback:
        return _("from the machine that runs this site")
    if parsed.is_private:
        return _("from %(address)s, inside the company's network") % {"address": address}
    return _("from %(address)s") % {"address": address}


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in table if mark in text), "")
