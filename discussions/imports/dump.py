"""Reading the XML files of a public Stack Exchange dump, row by row."""

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

CHUNK_BYTES = 256 * 1024
# Without the others a dump says less; without these it says nothing, or who wrote nothing.
_REQUIRED = {
    "Posts.xml": "give the folder of an unpacked dump",
    "Users.xml": "unpack that file of the dump there, too",
}

Row = dict[str, str]
Progress = Callable[[str, int, int], None]
"""Called with what is going on, how much of it is done, and how much there is in all."""


class DumpError(Exception):
    """The import can't go on; str() is a sentence that names the file and the fix."""


def check_folder(folder: Path) -> None:
    """Raise DumpError unless folder is one that holds a dump."""
    try:
        is_folder = folder.is_dir()
        missing = [name for name in _REQUIRED if is_folder and not _is_there(folder / name)]
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not is_folder:
        raise DumpError(f"{folder} is no folder: give the one into which the dump was unpacked.")
    for name in missing:
        raise DumpError(f"There is no {name} in {folder}: {_REQUIRED[name]}.")


def _is_there(path: Path) -> bool:
    """Links that lead nowhere are: reading them says what is wrong."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def size_of(path: Path) -> int:
    """The bytes of a dump file. Raises DumpError where that can't be told."""
    try:
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> DumpError:
    return DumpError(
        f"{path} can't be read ({error.strerror}): unpack the dump where you may read it."
    )


def read_rows(path: Path, progress: Callable[[int], None]) -> Iterator[Row]:
    """Yield the attributes of each row of a dump file, calling progress with the bytes read so far.

    Raises DumpError for XML that is empty, broken, declares entities, or has another root element.
    """
    reader = _RowReader(path.stem.lower())
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(reader)
    read = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                parser.feed(chunk)
                yield from reader.take()
                read += len(chunk)
                progress(read)
        parser.close()
        # The parser takes no bytes at all for a file without rows.
        if not read:
            raise DumpError(f"{path} is empty: unpack the dump again.")
    except SAXParseException as error:
        place = f"line {error.getLineNumber()}, column {error.getColumnNumber()}"
        raise DumpError(
            f"{path} is broken at {place} ({error.getMessage()}): unpack the dump again."
        ) from error
    except DefusedXmlException as error:
        raise DumpError(f"{path} declares entities, which no dump does: remove them.") from error
    except _NotDumpFileError as error:
        raise DumpError(
            f"{path} starts with <{error}>, not <{reader.root}>: put the dump's own file there."
        ) from error
    except (LookupError, ValueError) as error:
        raise DumpError(f"{path} names no usable encoding: unpack the dump again.") from error
    except OSError as error:
        raise _unreadable(path, error) from error


class _NotDumpFileError(Exception):
    """str() is the root element that was found."""


class _RowReader(ContentHandler):
    def __init__(self, root: str) -> None:
        super().__init__()
        self.root = root
        self._depth = 0
        self._rows: list[Row] = []

    def take(self) -> list[Row]:
        rows, self._rows = self._rows, []
        return rows

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        if self._depth == 0 and name != self.root:
            raise _NotDumpFileError(name)
        self._depth += 1
        if name == "row":
            self._rows.append(dict(attrs.items()))

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        self._depth -= 1
