import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from community.http.client_address import trust_proxies
from config.environment import networks


def seen(peer: str, **headers: str) -> tuple[str, bool]:
    """The client's address and whether the request counts as https, behind the middleware."""
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    trust_proxies(view)(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))
    return requests[0].META["REMOTE_ADDR"], requests[0].is_secure()


@pytest.fixture(autouse=True)
def _one_proxy(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def test_proxy_tells_the_client() -> None:
    told = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    assert seen("10.0.0.1", **told) == ("203.0.113.7", True)


def test_anybody_else_tells_nothing() -> None:
    told = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    assert seen("198.51.100.4", **told) == ("198.51.100.4", False)


def test_made_up_beginning_of_the_chain_is_ignored() -> None:
    told = {"X-Forwarded-For": "1.1.1.1, 203.0.113.7, 10.0.0.2"}
    assert seen("10.0.0.1", **told) == ("203.0.113.7", False)


@pytest.mark.parametrize(
    ("told", "client"),
    [
        ("203.0.113.7:5678", "203.0.113.7"),
        ("[2001:db8::7]:5678", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, ::ffff:10.0.0.2", "203.0.113.7"),
    ],
)
@pytest.mark.parametrize("peer", ["10.0.0.1", "::ffff:10.0.0.1"])
def test_address_is_told_in_every_spelling(peer: str, told: str, client: str) -> None:
    assert seen(peer, **{"X-Forwarded-For": told}) == (client, False)


@pytest.mark.parametrize("chain", ["", "nonsense", "203.0.113.7, nonsense", "10.0.0.9"])
def test_unreadable_chain_leaves_the_proxy(chain: str) -> None:
    assert seen("10.0.0.1", **{"X-Forwarded-For": chain}) == ("10.0.0.1", False)


def test_setting_takes_addresses_and_networks_only() -> None:
    assert networks("10.0.0.1, 2001:db8::/32") == ["10.0.0.1", "2001:db8::/32"]
    with pytest.raises(ValueError, match="proxy1"):
        networks("10.0.0.1, proxy1")


def test_bad_setting_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    from config.environment import read

    monkeypatch.setenv("TRUSTED_PROXIES", "proxy1")
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES can't be 'proxy1'"):
        read("TRUSTED_PROXIES", networks, networks(""))
