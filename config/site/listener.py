"""Opens the port that the site listens on, before anything else is started."""

import errno
import socket

BACKLOG = 512


class ListenError(Exception):
    """The port can't be opened; the text is one sentence that says what to do."""


def open_listener(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises ListenError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ListenError(explain(error, host, port)) from error


def explain(error: Exception, host: str, port: int) -> str:
    number = getattr(error, "errno", None)
    other_port = 8000 if port in {443, 80} else port + 1
    advice = f"Choose one with PORT={other_port} make run."
    if number == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. {advice}"
    if number == errno.EACCES:
        return f"Port {port} is reserved for the system's administrator. {advice}"
    if isinstance(error, (socket.gaierror, UnicodeError)) or number == errno.EADDRNOTAVAIL:
        reason = f"{host} is no address of this machine"
    else:
        reason = f"{host}:{port} can't be listened on ({error})"
    return f"{reason}. Choose one with HOST=127.0.0.1 make run."
