"""One after the other: whoever writes on a page, or changes what of it is public."""

from collections.abc import Iterable

from wagtail.models import Page


def take_turns(pages: Iterable[int]) -> None:
    """Wait until others are done with these pages (ids), and keep them to the transaction's end.

    What is read afterwards is what the others left. Pages come before everything that belongs to
    them (receipts, search documents, attestations), and by number: two that waited for each other
    would cost one of them its work.
    """
    rows = Page.objects.select_for_update().filter(pk__in=list(pages)).order_by("pk")
    list(rows.values_list("pk"))
