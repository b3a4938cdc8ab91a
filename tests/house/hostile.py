"""Requests that mean harm, or that no browser would send; the same ones for the same seed."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from tests.house.crawler import PARAMETER, PAYLOAD, routes

TEXTS = [
    b"",
    b" ",
    b"\x00",
    b"a\x00b",
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe",
    b"\xc3(",
    "\u202edrow\u202c".encode(),
    "\ufdfd".encode() * 50,
    "\ufb01\u200b\ufeff".encode(),
    "\U0001f3f4\U000e0067\U000e0062\U000e007f".encode() * 20,
    ("e" + "\u0301" * 300).encode(),
    b"' OR '1'='1",
    b'"; DROP TABLE community_user; --',
    b"1) UNION SELECT password FROM community_user--",
    b"{{ settings.SECRET_KEY }}",
    b"{% include '/etc/passwd' %}",
    b"${7*7}#{7*7}%(x)s%s%n{0.__class__}",
    b"<script>alert(1)</script>",
    b'"><img src=x onerror=alert(1)>',
    b"javascript:alert(1)",
    b"../../../../etc/passwd",
    b"..%2f..%2f",
    b"http://169.254.169.254/latest",
    b"\r\nSet-Cookie: a=b",
    b"-1",
    b"0",
    b"007",
    "٣".encode(),
    "²".encode(),
    b"9" * 400,
    b"9" * 5_000,
    b"9223372036854775808",
    b"1e400",
    b"NaN",
    b"0x10",
    b"true",
    b"null",
    b"[]",
    b"t9.i9",
    b"tzzzzzzzzzzzz.izzzzzzzzzzzzzzzz",
    b"finf.i1",
    b"fnan.i1",
    b"s%2500.i1",
    b"~.~",
    b"0000-00-00",
    b"0001-01-01",
    b"9999-12-31",
    b"99999-01-01",
    b"2026-02-30",
    b"*" * 3_000,
    b"[" * 3_000,
    b"> " * 2_000,
    b"|" * 3_000,
    b"x" * 60_000,
    b"@" * 2_000,
    b"#a " * 1_000,
]
FIELDS = [
    *PAYLOAD,
    *("q", "after", "before", "order", "show", "view", "unit", "quote", "reply", "key", "level"),
    *("switch", "preview", "reply_to", "visibility", "joining", "hue", "icon", "email", "login"),
    *("since", "until", "state", "tag", "by", "version"),
    *("password", "next", "time_zone", "locale", "handle", "grant-unit", "grant-handle", "token"),
]
HEADERS = [
    *("Cookie", "HX-Target", "HX-Request", "HX-Current-URL", "Accept-Language", "Referer"),
    *("X-Forwarded-For", "If-Modified-Since", "Range"),
]
METHODS = ["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]
DEEP = json.dumps({"a": [[[[1]]]]}).replace("1", "[" * 900 + "]" * 900).encode()


@dataclass(frozen=True)
class Attack:
    method: str
    path: str
    body: bytes
    content_type: str
    headers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.body[:300]!r} {self.content_type} {self.headers}"


def attacks(count: int, *, seed: int, parts: list[str], pages: list[str]) -> Iterator[Attack]:
    """Yield count requests over all routes, and to pages; parts make addresses that do exist."""
    chance = random.Random(seed)
    known = [text for text, _pattern in routes()]
    for number in range(count):
        text = known[number % len(known)]
        path = "/" + PARAMETER.sub(lambda _: _value(chance, parts), text)
        if chance.random() < 0.4:
            path = chance.choice(pages)
        query = _fields(chance) if chance.random() < 0.6 else b""
        body, content_type = _body(chance)
        headers = {}
        if chance.random() < 0.3:
            headers[chance.choice(HEADERS)] = chance.choice(TEXTS)[:4_000].decode("latin-1")
        asked = f"{path}?{query.decode('latin-1')}" if query else path
        yield Attack(chance.choice(METHODS), asked, body, content_type, headers)


def _value(chance: random.Random, parts: list[str]) -> str:
    """One part of an address: often something that exists, else hostile bytes."""
    return (
        chance.choice(parts)
        if chance.random() < 0.6
        else quote(chance.choice(TEXTS)[:500], safe="")
    )


def _fields(chance: random.Random) -> bytes:
    chosen = chance.sample(FIELDS, chance.randint(1, 8))
    return "&".join(f"{name}={quote(chance.choice(TEXTS)[:8_000])}" for name in chosen).encode()


def _body(chance: random.Random) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    return chance.choice(
        [
            (_fields(chance), form),
            (_fields(chance), form),
            (b"a=1&" * 300, form),
            (DEEP, "application/json"),
            (
                b"--x\r\nContent-Disposition: form-data; name=source\r\n\r\nhalf",
                "multipart/form-data; boundary=x",
            ),
            (chance.choice(TEXTS), "multipart/form-data"),
            (_fields(chance), f"{form}; charset=utf-7"),
            (chance.choice(TEXTS), "text/\xff"),
        ]
    )
