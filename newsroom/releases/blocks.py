"""The parts a body is built from."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

_TEMPLATES = "newsroom/releases/blocks"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, with who and in which role."""

    text = blocks.TextBlock(label=_("Words"))
    person = blocks.CharBlock(label=_("Person"), required=False)
    role = blocks.CharBlock(label=_("Role"), required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = f"{_TEMPLATES}/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a press release."""

    paragraph = blocks.RichTextBlock(
        features=["bold", "italic", "link", "ol", "ul"],
        label=_("Text"),
        icon="pilcrow",
        template=f"{_TEMPLATES}/paragraph.html",
    )
    heading = blocks.CharBlock(
        label=_("Subheading"), icon="title", template=f"{_TEMPLATES}/heading.html"
    )
    quote = QuoteBlock()
    list = blocks.ListBlock(
        blocks.CharBlock(label=_("Entry")),
        label=_("List"),
        icon="list-ul",
        template=f"{_TEMPLATES}/list.html",
    )


def plain_text(body: Any) -> str:
    """Return the words of a body in reading order, one part a line, for search and feeds."""
    return "\n".join(filter(None, (_part(child.block_type, child.value) for child in body)))


def _part(kind: str, value: Any) -> str:
    match kind:
        case "paragraph":
            return str(get_text_for_indexing(value.source)).strip()
        case "quote":
            return " ".join(str(part) for part in value.values() if part)
        case "list":
            return "\n".join(str(entry) for entry in value)
        case _:
            return str(value)
