"""Answering htmx: redirects after a write, and one page that can be sent whole or in part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


class SeeOther(HttpResponseRedirect):
    """303: whatever the method was, the browser fetches the new address with GET."""

    status_code = 303


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partials: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only the partial that belongs to the element htmx will fill.

    partials maps the id of an element to the name of a partial in the template.
    """
    partial = (partials or {}).get(request.headers.get("HX-Target", ""))
    name = f"{template}#{partial}" if partial else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response
