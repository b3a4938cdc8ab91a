"""The pages that tell people how to use the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from community.http.api.fields import MAX_ROWS
from community.http.position import page_stream


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """Examples that work when they are typed one after the other; a test does."""
    context = {
        "site_url": settings.SITE_URL,
        "reads": settings.API_READS_PER_MINUTE,
        "writes": settings.API_WRITES_PER_MINUTE,
        "max_rows": MAX_ROWS,
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "config/api/guide.html", context)


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """Every operation, in Swagger UI."""
    context = {"page_stream": page_stream(request, "me")}
    return render(request, "config/api/reference.html", context)


urlpatterns = [
    path("help/api", api_guide, name="api_guide"),
    path("help/api/reference", api_reference, name="api_reference"),
]
