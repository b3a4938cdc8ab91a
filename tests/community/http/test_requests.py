import pytest
from django.http import Http404, HttpRequest, HttpResponse

from community.accounts.models import User
from community.http.requests import found_or_404, see_other


def test_see_other_sends_the_browser_on_with_get() -> None:
    answer = see_other("/s/größe?q=ä")

    assert (answer.status_code, answer["Location"]) == (303, "/s/gr%C3%B6%C3%9Fe?q=%C3%A4")


def test_missing_object_becomes_404() -> None:
    @found_or_404
    def view(request: HttpRequest, name: str) -> HttpResponse:
        raise User.DoesNotExist(name)

    with pytest.raises(Http404):
        view(HttpRequest(), name="x")


def test_found_object_is_answered() -> None:
    @found_or_404
    def view(request: HttpRequest, name: str) -> HttpResponse:
        return HttpResponse(name)

    assert view(HttpRequest(), name="x").content == b"x"
