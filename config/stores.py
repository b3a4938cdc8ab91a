"""Where the site keeps what it knows: database, caches and channel layers, as Django wants them."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that writes takes its lock at once instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: "saved" is said only after the data is on stable storage.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    ),
}
SQLITE = "django.db.backends.sqlite3"


def database(named: dict[str, Any] | None, folder: Path) -> dict[str, Any]:
    """The database that DATABASE_URL named, else the file in folder."""
    found: dict[str, Any] = {"NAME": folder / "guildhall.sqlite3"} | (named or {"ENGINE": SQLITE})
    if found["ENGINE"] == SQLITE:
        found["OPTIONS"] = SQLITE_OPTIONS
    # Threads and their connections live as long as the process: see config/site/bridge.py.
    return found | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}


def files(url: str | None) -> dict[str, Any]:
    """What people send: in DATA_DIR, or in the bucket of an S3-compatible store.

    url: s3://bucket/folder?region_name=…&endpoint_url=…, with options of django-storages; the keys
    come from where boto3 looks for them. Each site needs a folder of its own: what a site's
    database doesn't know is swept away after two days.
    """
    if url is None:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    fixed: dict[str, Any] = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "default_acl": "private",
        "file_overwrite": True,
        # What is read is kept on disk beyond this, not in memory.
        "max_memory_size": 1024 * 1024,
    }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": dict(parse_qsl(parts.query)) | fixed,
    }


def limit_waits(found: dict[str, Any], *, lock_seconds: int, statement_seconds: int) -> None:
    """For a process that people wait for: PostgreSQL ends what waits or runs longer.

    Not for the worker, migrations and imports, which may take long. SQLite's timeout limits waits.
    """
    if found["ENGINE"] == SQLITE:
        return
    options = found.setdefault("OPTIONS", {})
    limits = f"-c lock_timeout={lock_seconds}s -c statement_timeout={statement_seconds}s"
    options["options"] = f"{options.get('options', '')} {limits}".strip()


def caches(redis_url: str | None) -> dict[str, dict[str, Any]]:
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"}
    shared = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis_url,
        "OPTIONS": {"socket_timeout": 0.1, "socket_connect_timeout": 0.1},
    }
    return {
        # Limits that protect sign-in stay in the database: a hung Redis must not hang them.
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
        "fast": shared if redis_url else local,
        # What stands in for the fast one while Redis is away.
        "process": local,
    }


def channel_layers(redis_url: str | None) -> dict[str, dict[str, Any]]:
    if redis_url is None:
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    layer = "channels_redis.pubsub.RedisPubSubChannelLayer"
    return {"default": {"BACKEND": layer, "CONFIG": {"hosts": [redis_url]}}}
