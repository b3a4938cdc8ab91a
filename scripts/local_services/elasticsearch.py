"""A single Elasticsearch node without security, started without the shell scripts it lacks."""

import os
import shutil
import signal
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .accounts import Account, unprivileged
from .artefact import unpacked
from .java import Java, newest_java
from .processes import Servers, free_port, make_folder
from .unavailable import UnavailableError

_JAVA_ADVICE = (
    "Elasticsearch needs Java 17 or newer: apt install default-jre-headless, set ES_JAVA_HOME, "
    "or give the address of a server in ELASTICSEARCH_URL"
)
_SETTINGS = """\
cluster.name: guildhall-test
discovery.type: single-node
http.host: 127.0.0.1
http.port: {http_port}
transport.host: 127.0.0.1
transport.port: {transport_port}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.auto_create_index: false
"""
_LAUNCHER_9 = (
    "-Xms4m -Xmx64m -Des.path.home={home} -Des.path.conf={config} -Des.distribution.type=zip "
    "-Des.java.type=ES_JAVA_HOME -cp lib/tools/server-launcher/* "
    "org.elasticsearch.server.launcher.ServerLauncher"
)


@dataclass(frozen=True)
class Release:
    """An Elasticsearch that is known to run, the artefact it comes in and the Java it needs."""

    version: str
    artefact: str
    java: int


_RELEASES = (Release("9.4.3", "26.9.0.129388", 21), Release("8.16.6", "25.12.0.117093", 17))


def start(servers: Servers) -> str:
    """Start Elasticsearch with a heap of 512 MiB; the address is an http:// URL."""
    java = _java()
    release = next(release for release in _RELEASES if java.version >= release.java)
    home = unpacked(release.version, release.artefact)
    account = unprivileged()
    folder = make_folder(servers.folder / "elasticsearch", account)
    port = free_port()
    config = _configure(home, folder, account, http_port=port)
    servers.start(
        "elasticsearch",
        _command(release, java, home, config),
        account=account,
        answers=lambda: _answers(port),
        timeout_seconds=120,
        env=_environment(java, home, folder, config),
        cwd=home,
        stop_signal=signal.SIGKILL,  # nothing of it is kept, and an orderly stop takes seconds
    )
    return f"http://127.0.0.1:{port}"


def _java() -> Java:
    java = newest_java()
    if java is None or java.version < _RELEASES[-1].java:
        apt.install("default-jre-headless", otherwise=_JAVA_ADVICE)
        java = newest_java()
    if java is None or java.version < _RELEASES[-1].java:
        raise UnavailableError(_JAVA_ADVICE)
    return java


def _configure(home: Path, folder: Path, account: Account, *, http_port: int) -> Path:
    """Copy the configuration, which the server writes to, and fill it in; its folder."""
    config = folder / "config"
    shutil.copytree(home / "config", config)
    settings = _SETTINGS.format(http_port=http_port, transport_port=free_port(), folder=folder)
    (config / "elasticsearch.yml").write_text(settings)
    (config / "jvm.options.d").mkdir(exist_ok=True)
    (config / "jvm.options.d" / "heap.options").write_text("-Xms512m\n-Xmx512m\n")
    _quieten(config / "jvm.options")
    if account:
        for path in [config, *config.rglob("*")]:
            os.chown(path, account["user"], account["group"])
    return config


def _quieten(options: Path) -> None:
    """Drop the lines that log to a folder which the server can't write to."""
    lines = options.read_text().splitlines(keepends=True)
    options.write_text("".join(line for line in lines if "logs/" not in line and "gc*" not in line))


def _command(release: Release, java: Java, home: Path, config: Path) -> list[str]:
    if release.version.startswith("8."):
        return ["bash", "bin/elasticsearch-cli"]
    options = [part.format(home=home, config=config) for part in _LAUNCHER_9.split()]
    return [str(java.home / "bin" / "java"), *options]


def _environment(java: Java, home: Path, folder: Path, config: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(config),
        "ES_JAVA_HOME": str(java.home),
        "JAVA": str(java.home / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_DISTRIBUTION_TYPE": "zip",
        "CLI_NAME": "server",
        "CLI_LIBS": "lib/tools/server-cli",
    }


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
