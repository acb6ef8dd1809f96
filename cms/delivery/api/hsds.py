"""Offers by API in the words of Open Referral HSDS 3.0."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cms.delivery.api.parameters import read
from cms.pages.tree import parent_path
from newsroom.approval.selectors import public
from newsroom.members.models import MemberPage
from newsroom.offers.hsds import service
from newsroom.offers.selectors import public_offers

router = Router(tags=["hsds"])
PER_PAGE = 50
PARTS = (
    *("offer_types", "fields_of_action", "target_groups", "accessibility"),
    *("region_links__region", "places", "hours"),
)


class ServicePage(Schema):
    """A page of services; `contents` are HSDS 3.0 `service` objects."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


@router.get("/hsds/services", response=ServicePage, summary="List services", url_name="hsds")
def services(request: HttpRequest, page: int = 1) -> dict[str, Any]:
    """Return the public offers of the source language as HSDS services, fifty a page."""
    number = read(request, "page").page
    now = timezone.now()
    found = public_offers(language="de", now=now).prefetch_related(*PARTS)
    paginator = Paginator(found.order_by("translation_key"), PER_PAGE)
    shown = list(paginator.page(number)) if number <= paginator.num_pages else []
    members = _members(shown, now=now)
    return {
        "total_items": paginator.count,
        "total_pages": paginator.num_pages,
        "page_number": number,
        "size": len(shown),
        "first_page": number == 1,
        "last_page": number == paginator.num_pages,
        "empty": not shown,
        # A member that was taken back between the two questions takes its offers along.
        "contents": [
            service(offer, member)
            for offer in shown
            if (member := members.get(parent_path(offer.path)))
        ],
    }


def _members(offers: list[Any], *, now: Any) -> dict[str, MemberPage]:
    pages = MemberPage.objects.filter(path__in={parent_path(offer.path) for offer in offers})
    found = public(pages, now=now).select_related("provider_kind")
    found = found.prefetch_related("fields_of_action", "region_links__region")
    return {member.path: member for member in found}
