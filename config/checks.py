"""System checks: mixes of settings that would lose messages, secrets or sign-ins."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from community.roles.models import Capability

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SHORTEST_SECRET = 50


@register(Tags.compatibility)
def check_processes(**kwargs: Any) -> list[CheckMessage]:
    """Several web processes need a database and a channel layer that they share."""
    if settings.WEB_PROCESSES == 1:
        return []
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Error(
                "WEB_PROCESSES is more than 1, but SQLite has one writer.",
                hint="Set DATABASE_URL to a PostgreSQL database, or WEB_PROCESSES to 1.",
                id="guildhall.E001",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            Error(
                "WEB_PROCESSES is more than 1, but typing and presence stay in one process.",
                hint="Set REDIS_URL, or WEB_PROCESSES to 1.",
                id="guildhall.E002",
            )
        )
    return found


@register(Tags.security)
def check_debug(**kwargs: Any) -> list[CheckMessage]:
    if not (settings.DEBUG and settings.HTTPS):
        return []
    return [
        Error(
            "DEBUG is on while SITE_URL is https: error pages would show settings to everybody.",
            hint="Set DEBUG to 0.",
            id="guildhall.E003",
        )
    ]


@register(Tags.security)
def check_secret_key(**kwargs: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) >= SHORTEST_SECRET:
        return []
    return [
        Error(
            f"SECRET_KEY has fewer than {SHORTEST_SECRET} characters.",
            hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="guildhall.E004",
        )
    ]


@register(Tags.security)
def check_site_url(**kwargs: Any) -> list[CheckMessage]:
    """Outside embedded mode people come over a network, and passwords with them."""
    site = urlsplit(settings.SITE_URL)
    if settings.EMBEDDED or site.scheme == "https" or site.hostname in LOOPBACK:
        return []
    return [
        Error(
            f"SITE_URL is {settings.SITE_URL}: passwords would cross the network unencrypted.",
            hint="Set SITE_URL to the https address that people use.",
            id="guildhall.E005",
        )
    ]


@register(Tags.security)
def check_proxies(**kwargs: Any) -> list[CheckMessage]:
    """The site itself speaks http; who ends https in front of it must be known."""
    if not settings.SECURE_SSL_REDIRECT or settings.TRUSTED_PROXIES:
        return []
    return [
        Error(
            "SITE_URL is https, but no proxy is trusted to say so: every page would redirect.",
            hint="Set TRUSTED_PROXIES to the addresses of the proxy, such as 127.0.0.1.",
            id="guildhall.E006",
        )
    ]


@register(Tags.security)
def check_demo(**kwargs: Any) -> list[CheckMessage]:
    if not (settings.DEMO and settings.HTTPS):
        return []
    return [
        Error(
            "DEMO is on while SITE_URL is https: everybody knows the demo people's password.",
            hint="Set DEMO to 0.",
            id="guildhall.E007",
        )
    ]


@register(Tags.security)
def check_two_step(**kwargs: Any) -> list[CheckMessage]:
    """A mistyped capability would ask nobody."""
    unknown = sorted(set(settings.MFA_REQUIRED_FOR) - set(Capability.values))
    if not unknown:
        return []
    return [
        Error(
            f"MFA_REQUIRED_FOR names what is no capability: {', '.join(unknown)}.",
            hint=f"Choose from {', '.join(Capability.values)}.",
            id="guildhall.E008",
        )
    ]
