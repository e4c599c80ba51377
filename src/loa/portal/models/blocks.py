"""What the body of a page is made of. Each block has one template; none takes HTML that was not cleaned."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

MARKS = ["bold", "italic", "link", "document-link", "ol", "ul"]


class FigureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "portal/blocks/figure.html"


class GalleryBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureBlock(), label=_("Pictures"), min_num=2)

    class Meta:
        label = _("Photo story")
        icon = "image"
        template = "portal/blocks/gallery.html"


class RecordingBlock(blocks.StructBlock):
    """Sound or film, with its words for who cannot hear or play it."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("Audio or video file"))
    captions = DocumentChooserBlock(label=_("Captions (.vtt)"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=["bold", "italic", "ul"])

    class Meta:
        label = _("Audio or video")
        icon = "media"
        template = "portal/blocks/recording.html"


class AnswerBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"))
    who = blocks.CharBlock(label=_("Who answers"), max_length=200, required=False)
    answer = blocks.RichTextBlock(label=_("Answer"), features=MARKS)

    class Meta:
        label = _("Question and answer")
        icon = "help"
        template = "portal/blocks/answer.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    who = blocks.CharBlock(label=_("Who says it"), max_length=200)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "portal/blocks/quote.html"


class FileBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    file = DocumentChooserBlock(label=_("File"))

    class Meta:
        label = _("File to download")
        icon = "doc-full"
        template = "portal/blocks/file.html"


def story_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("text", blocks.RichTextBlock(label=_("Text"), features=[*MARKS, "h3"])),
        (
            "heading",
            blocks.CharBlock(label=_("Heading"), max_length=200, template="portal/blocks/heading.html"),
        ),
        ("figure", FigureBlock()),
        ("gallery", GalleryBlock()),
        ("recording", RecordingBlock()),
        ("answer", AnswerBlock()),
        ("quote", QuoteBlock()),
        ("table", TableBlock(label=_("Table"), template="portal/blocks/table.html")),
        ("file", FileBlock()),
    ]


class DoorBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("Text"), max_length=300, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Address on this site, such as /thu-tuc/"), required=False, max_length=300
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        given = super().clean(value)
        address = given["address"]
        if address and (not address.startswith("/") or address.startswith(("//", "/\\"))):
            wrong = ValidationError(_("Give an address on this site: it begins with one slash."))
            raise blocks.StructBlockValidationError({"address": wrong})
        return given

    class Meta:
        label = _("Door")
        icon = "link"
        template = "portal/blocks/door.html"


class NewestBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    column = blocks.PageChooserBlock(label=_("Column"), page_type="portal.Column")
    count = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=12)

    class Meta:
        label = _("Newest of a column")
        icon = "list-ul"
        template = "portal/blocks/newest.html"


class DoorsBlock(blocks.StructBlock):
    doors = blocks.ListBlock(DoorBlock(), label=_("Doors"), min_num=1, max_num=12)

    class Meta:
        label = _("Doors")
        icon = "grip"
        template = "portal/blocks/doors.html"


def landing_blocks() -> list[tuple[str, blocks.Block]]:
    return [*story_blocks(), ("doors", DoorsBlock()), ("newest", NewestBlock())]
