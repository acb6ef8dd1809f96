"""What machines that read the whole site ask for first: robots.txt and the sitemap."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from cms.delivery import sitemap


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what is not for reading, and lead them to what is."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        f"Sitemap: {_root(request)}{reverse('sitemap')}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name the files of the sitemap that hold something."""
    files = [reverse("sitemap_part", args=[part]) for part in sitemap.parts(now=timezone.now())]
    paths = [*files, reverse("sitemap_regions")]
    return _answer(request, sitemap.index(paths, root=_root(request)))


@require_safe
def pages(request: HttpRequest, part: str) -> HttpResponse:
    """List the public pages of one part."""
    items = sitemap.pages(part, now=timezone.now())
    return _answer(request, sitemap.urlset(items, root=_root(request)))


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """List the pages of regions."""
    return _answer(request, sitemap.urlset(sitemap.regions(), root=_root(request)))


def _answer(request: HttpRequest, content: str) -> HttpResponse:
    """Answer with the file, or that the crawler has it.

    The ETag comes from the content: a date could not tell that a page was taken back.
    """
    response = HttpResponse(content, content_type="application/xml")
    set_response_etag(response)
    etag = response["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").removesuffix("/")
