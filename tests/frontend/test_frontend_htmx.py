from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from frontend.htmx import SeeOther, render_page

PAGE = (
    "{% load partials %}<h1>Page</h1>"
    "{% partialdef rows inline %}<p>{{ n }} rows</p>{% endpartialdef %}"
)
LOADERS = override_settings(
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "template_partials.loader.Loader",
                        [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                    )
                ]
            },
        }
    ]
)


def get(target: str = "") -> HttpRequest:
    headers = {"HX-Target": target} if target else {}
    return RequestFactory().get("/", headers=headers)


def test_see_other_is_a_303() -> None:
    response = SeeOther("/t/abc")
    assert (response.status_code, response.url) == (303, "/t/abc")


@LOADERS
def test_render_page_is_whole_without_htmx() -> None:
    response = render_page(get(), "page.html", {"n": 3}, partials={"list": "rows"})
    assert response.content == b"<h1>Page</h1><p>3 rows</p>"
    assert response["Vary"] == "HX-Target"


@LOADERS
def test_render_page_is_the_partial_of_the_target() -> None:
    response = render_page(get("list"), "page.html", {"n": 3}, partials={"list": "rows"})
    assert response.content == b"<p>3 rows</p>"


@LOADERS
def test_render_page_is_whole_for_another_target() -> None:
    response = render_page(
        get("main"), "page.html", {"n": 3}, partials={"list": "rows"}, status=422
    )
    assert (response.status_code, response.content) == (422, b"<h1>Page</h1><p>3 rows</p>")
