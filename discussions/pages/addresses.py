"""How a view gets its topic or post from the address."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

from community.http.requests import found_or_404, member
from discussions.resources.access import get_shared_file
from discussions.resources.models import Resource
from discussions.topics.access import get_post, get_topic
from discussions.topics.models import Post, Topic

M = TypeVar("M", Topic, Post, Resource)
P = ParamSpec("P")


def topic_view(
    view: Callable[Concatenate[HttpRequest, Topic, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give view the topic instead of its id.

    404 where the person may not know of the topic, or view meets something else that is missing.
    """
    return _given(get_topic, view)


def post_view(
    view: Callable[Concatenate[HttpRequest, Post, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give view the post instead of its id; else like topic_view()."""
    return _given(get_post, view)


def file_view(
    view: Callable[Concatenate[HttpRequest, Resource, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give view the resource, a file or an uploaded video; else like topic_view()."""
    return _given(get_shared_file, view)


def _given(
    get: Callable[..., M], view: Callable[Concatenate[HttpRequest, M, P], HttpResponse]
) -> Callable[..., HttpResponse]:
    @wraps(view)
    @found_or_404
    def answer(
        request: HttpRequest, /, public_id: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, get(public_id, viewer=member(request)), *args, **kwargs)

    return answer
