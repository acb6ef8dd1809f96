"""The parts a body is built from."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import get_text_for_indexing

_TEMPLATES = "newsroom/releases/blocks"
HTTPS = URLValidator(
    schemes=["https"], message=_("Give the whole address; it begins with https://.")
)


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


class PictureBlock(blocks.StructBlock):
    """A picture between the paragraphs; its words belong to the release, not to the library."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    credit_line = blocks.CharBlock(
        label=_("Credit line"), max_length=200, help_text=_("Who made the picture.")
    )
    licence = blocks.CharBlock(label=_("Licence"), required=False, max_length=100)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = f"{_TEMPLATES}/picture.html"


class TableBlock(TypedTableBlock):
    """A plain table: a caption, a heading above each column, the first cell names its row."""

    text = blocks.CharBlock(label=_("Text"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = f"{_TEMPLATES}/table.html"

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Return the table that a form posted; an empty one for a form that nobody could send."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except (KeyError, ValueError):
            return self.normalize(None)


class FileBlock(blocks.StructBlock):
    """A file to take along. Its title belongs to the release, so that an approval covers it."""

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)

    class Meta:
        icon = "doc-full-inverse"
        label = _("File")
        template = f"{_TEMPLATES}/file.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film. Nothing is embedded: no foreign host learns who reads the page."""

    url = blocks.URLBlock(label=_("Address"), validators=[HTTPS])
    label = blocks.CharBlock(
        label=_("What can be seen there"), max_length=200, help_text=_("Becomes the link's text.")
    )

    class Meta:
        icon = "media"
        label = _("Video link")
        template = f"{_TEMPLATES}/video.html"


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
    picture = PictureBlock()
    list = blocks.ListBlock(
        blocks.CharBlock(label=_("Entry")),
        label=_("List"),
        icon="list-ul",
        template=f"{_TEMPLATES}/list.html",
    )
    table = TableBlock()
    file = FileBlock()
    video = VideoBlock()


def chosen(body: Any, kind: str, name: str) -> list[Any]:
    """Return what the blocks of a kind have chosen: the pictures or the files of a body."""
    values = [block.value.get(name) for block in body if block.block_type == kind]
    return [value for value in values if value is not None]


def plain_text(body: Any) -> str:
    """Return the words of a body in reading order, one part a line, for search and feeds."""
    return "\n".join(filter(None, (_part(child.block_type, child.value) for child in body)))


def _part(kind: str, value: Any) -> str:
    match kind:
        case "paragraph":
            return str(get_text_for_indexing(value.source)).strip()
        case "quote":
            return _joined(value.values())
        case "picture":
            return _joined([value.get("caption")])
        case "list":
            return "\n".join(str(entry) for entry in value)
        case "table":
            rows = [[cell.value for cell in row] for row in value.rows]
            heads = [column["heading"] for column in value.columns]
            return "\n".join(filter(None, map(_joined, ([value.caption], heads, *rows))))
        case "file":
            return _joined([value.get("title")])
        case "video":
            return _joined([value.get("label")])
        case _:
            return str(value)


def _joined(parts: Any) -> str:
    return " ".join(str(part) for part in parts if part)
