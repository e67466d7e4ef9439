"""What the body of a release is made of. Figures are {{tokens}} in any of its texts."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock

from bridgehead.newsroom.tokens import BadFigure, tokens_in


class PictureBlock(StructBlock):
    """A picture with the words for those who do not see it."""

    image = ImageChooserBlock(label=gettext_lazy("Picture"))
    alt = CharBlock(
        label=gettext_lazy("What the picture shows"),
        max_length=300,
        help_text=gettext_lazy("For readers who do not see it. Say what matters, not “picture of”."),
    )
    caption = CharBlock(label=gettext_lazy("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = gettext_lazy("Picture")


class QuoteBlock(StructBlock):
    text = TextBlock(label=gettext_lazy("What was said"))
    speaker = CharBlock(label=pgettext_lazy("quotation", "Who said so"), max_length=120)
    office = CharBlock(label=gettext_lazy("Office"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quotation")


class FigureBlock(StructBlock):
    """One figure shown large."""

    token = CharBlock(
        label=gettext_lazy("Figure"),
        max_length=200,
        help_text=gettext_lazy("Copy it from the list of figures, such as {{gyeonggi-mwc-2025 pursued}}."),
    )
    caption = CharBlock(label=gettext_lazy("Caption"), required=False, max_length=200)

    class Meta:
        icon = "table"
        label = gettext_lazy("Live figure")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        text = cleaned["token"].strip()
        try:
            found = list(tokens_in(text))
        except BadFigure as error:
            raise StructBlockValidationError(block_errors={"token": error}) from error
        if len(found) != 1 or not (text.startswith("{{") and text.endswith("}}")):
            one = ValidationError(_("Write exactly one figure, such as {{gyeonggi-mwc-2025 pursued}}."))
            raise StructBlockValidationError(block_errors={"token": one})
        return cleaned


class BodyBlock(StreamBlock):
    paragraph = RichTextBlock(
        label=gettext_lazy("Paragraph"), features=["bold", "italic", "link", "ol", "ul"], icon="pilcrow"
    )
    heading = CharBlock(label=gettext_lazy("Heading"), max_length=160, icon="title")
    quote = QuoteBlock()
    image = PictureBlock()
    figure = FigureBlock()


def texts_of(body: Any) -> Iterator[str]:
    """Every text of a body in which a figure may stand, as markup."""
    for block in body:
        if block.block_type == "paragraph":
            yield block.value.source
        elif block.block_type == "heading":
            yield str(escape(block.value))
        elif block.block_type == "quote":
            yield str(escape(block.value["text"]))
        elif block.block_type == "figure":
            yield block.value["token"]
            yield str(escape(block.value["caption"]))
        elif block.block_type == "image":
            yield str(escape(block.value["caption"]))
