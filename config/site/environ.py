"""Translates an ASGI HTTP scope into a WSGI environ (PEP 3333)."""

import os
import sys
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]
Environ = dict[str, Any]

# The server has already taken the chunks apart and answered an expectation.
CONSUMED_HEADERS = {b"content-length", b"transfer-encoding", b"expect"}


def build_environ(scope: Scope, body: IO[bytes]) -> Environ:
    """Return the environ of one request; body is at its start and holds the whole request body."""
    root_path = scope.get("root_path", "")
    client, server = scope.get("client") or ("", 0), scope.get("server") or ("localhost", 80)
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root_path.encode().decode("latin-1"),
        "PATH_INFO": path_info(scope, root_path),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        # Read by community/http/position.py: pages of a server without sockets try none.
        "GUILDHALL_SOCKETS": "/ws/",
        **({"HTTPS": "on"} if scope["scheme"] == "https" else {}),
        **body_length(body),
        **header_variables(scope["headers"]),
    }


def path_info(scope: Scope, root_path: str) -> str:
    """Return the path below root_path, its bytes written as latin-1 characters as PEP 3333 asks."""
    path = unquote_to_bytes(scope["raw_path"])
    return path.removeprefix(root_path.encode()).decode("latin-1")


def body_length(body: IO[bytes]) -> Environ:
    """Measure body: Django reads as much as CONTENT_LENGTH says, which chunked requests lack."""
    length = body.seek(0, os.SEEK_END)
    body.seek(0)
    return {"CONTENT_LENGTH": str(length)} if length else {}


def header_variables(headers: list[tuple[bytes, bytes]]) -> Environ:
    """Name headers as CGI does; values of a repeated header are joined."""
    variables: dict[str, str] = {}
    for name, value in headers:
        if name in CONSUMED_HEADERS:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        glue = "; " if name == b"cookie" else ","
        text = value.decode("latin-1")
        variables[key] = f"{variables[key]}{glue}{text}" if key in variables else text
    return variables
