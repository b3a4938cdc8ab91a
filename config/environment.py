"""Reading the environment: every problem names its variable, and a secret may stand in a file."""

import os
import re
import secrets
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class AddressError(ValueError):
    """What is wrong with an address, in words that don't repeat it: it may hold a password."""


T = TypeVar("T")
env = environ.FileAwareEnv()
# Of django-storages, all of them texts.
BUCKET_OPTIONS = frozenset(
    {"region_name", "endpoint_url", "addressing_style", "signature_version", "session_profile"}
)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def read(name: str, kind: Callable[[str], T], default: T) -> T:
    """Return the variable (or the contents of the file that NAME_FILE names) as kind.

    Raises ImproperlyConfigured that names the variable and what is wrong.
    """
    text = read_text(name)
    if text is None:
        return default
    try:
        return kind(text)
    except (ValueError, ImproperlyConfigured) as error:
        if name.endswith("_URL"):
            # What a library says of an address may quote the password in it.
            reason = error if isinstance(error, AddressError) else "this is no address"
            raise ImproperlyConfigured(f"{name} can't be used: {reason}.") from None
        raise ImproperlyConfigured(f"{name} can't be {text!r}: {error}.") from error


def read_text(name: str) -> str | None:
    """Return the trimmed variable, or None where it is missing or empty."""
    try:
        text = env.str(name, default="").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE can't be read: {error}.") from error
    return text or None


def read_address(name: str, *schemes: str) -> str | None:
    """Return the address of a service, or None. Raises ImproperlyConfigured for other schemes."""
    return read(name, partial(_address, schemes=schemes), None)


def _address(text: str, schemes: tuple[str, ...]) -> str:
    if urlsplit(text).scheme not in schemes:
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        raise AddressError(f"it starts with {starts}")
    return text


def yes_or_no(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("say 1 or 0")


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("a whole number from 1 is needed")
    return int(text)


def port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ValueError("a port is a number between 1 and 65535")
    return int(text)


def database_url(text: str) -> dict[str, Any]:
    """Django's settings for the database at text."""
    if urlsplit(text).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise AddressError("it starts with postgres:// or sqlite://")
    found: dict[str, Any] = env.db_url_config(text)
    return found


def files_url(text: str) -> str:
    """The bucket for what people send.

    Raises ValueError for another address, unknown options, and where boto3 is missing.
    """
    parts = urlsplit(text)
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
        raise AddressError("an address like s3://bucket?region_name=eu-central-1 is needed")
    if unknown := dict(parse_qsl(parts.query)).keys() - BUCKET_OPTIONS:
        raise AddressError(f"{min(unknown)} is no option of it")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise AddressError("run 'scripts/install requirements-s3.lock' first")
    return text


def mail_url(text: str) -> dict[str, Any]:
    """Django's settings for the mail server at text."""
    if urlsplit(text).scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail"}:
        raise AddressError("an address like smtp://user:password@mail.example:587 is needed")
    found: dict[str, Any] = env.email_url_config(text)
    return found


def site_url(text: str) -> str:
    """Scheme, host and port, nothing else, without a slash at the end."""
    site = urlsplit(text)
    if site.scheme not in {"http", "https"} or not site.hostname or site.path.strip("/"):
        raise AddressError("an address like https://guildhall.example is needed")
    if site.port == 0:
        raise AddressError("a port lies between 1 and 65535")
    return text.rstrip("/")


def log_level(text: str) -> str:
    level = text.upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError("say DEBUG, INFO, WARNING, ERROR or CRITICAL")
    return level


def names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def domains(text: str) -> list[str]:
    """Domains such as example.com, in small letters. Raises ValueError for others."""
    found = [part.lower().removeprefix("@") for part in names(text)]
    for part in found:
        if not DOMAIN.fullmatch(part):
            raise ValueError(f"{part} is no domain such as example.com")
    return found


def video_sites(text: str) -> list[str]:
    """Names of video sites, or "none". Raises ValueError for one that isn't known."""
    found = [] if text.lower() == "none" else names(text.lower())
    if unknown := set(found) - {"youtube", "vimeo"}:
        raise ValueError(f"{min(unknown)} is not known; say youtube, vimeo or none")
    return found


def networks(text: str) -> list[str]:
    """Addresses and networks such as 10.0.0.1 or 10.0.0.0/24. Raises ValueError for others."""
    found = names(text)
    for part in found:
        ip_network(part)
    return found


def private_folder(path: Path) -> Path:
    """Make the folder if it is missing: the database and letters are for its owner only.

    Raises ImproperlyConfigured where that can't be done.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise ImproperlyConfigured(
            f"DATA_DIR can't be used: {path} can't be made or is no folder ({why}). Name a folder"
            " that you may write to."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"DATA_DIR can't be used: nothing may be written to {path}. Name a folder that you may"
            " write to."
        )
    return path


def kept_secret(path: Path) -> str:
    """Return the secret stored at path; the first call makes it, readable by the owner only."""
    if not path.exists():
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
