"""What follows when an offer is published."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published

from newsroom.approval.services import source_of
from newsroom.offers.models import OfferPage
from newsroom.offers.services import attest_publication


def connect() -> None:
    """Connect the handler. Called once, when Django starts."""
    page_published.connect(on_published, OfferPage, dispatch_uid="offers.attest_publication")


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Let the publication of the source version attest the offer in all languages.

    Its search document is built after this, and reads it (see approval.signals).
    """
    if instance.live and source_of(instance) is None:
        attest_publication(page=instance, now=instance.last_published_at or timezone.now())
