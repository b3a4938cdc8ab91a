import pytest

from community.sessions.devices import device_name, place_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/2010 Firefox/140.0", "Firefox on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            f"Mozilla/5.0 (X11; CrOS x86_64) {WEBKIT} Chrome/140.0 Safari/537.36",
            "Chrome on ChromeOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 16) {WEBKIT} Chrome/140.0 Safari/537", "Chrome on Android"),
        ("curl/8.9", "Another program"),
        ("", "Another program"),
    ],
)
def test_device_is_named_in_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("127.0.0.1", "from the machine that runs this site"),
        ("10.1.2.3", "from 10.1.2.3, inside the company's network"),
        ("8.8.8.8", "from 8.8.8.8"),
        ("", "from an unknown address"),
        ("nonsense", "from an unknown address"),
    ],
)
def test_place_is_said_without_asking_anybody(address: str, name: str) -> None:
    assert place_name(address) == name
