"""Notes which sessions are in use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.sessions.last_use import session_uses

GetResponse = Callable[[HttpRequest], HttpResponse]


def note_session(get_response: GetResponse) -> GetResponse:
    """After the authentication middleware: sessions of nobody don't count."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated:
            session_uses.note(key)
        return get_response(request)

    return middleware
