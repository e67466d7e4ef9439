"""Photos of receipts, drawn: made up, and marked so on the picture itself."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, check_file

_FILE = Question(kind=Question.Kind.FILE, options={"types": ["jpeg"], "max_mb": 10})


def receipt_photo(number: str, issuer: str, amount: str, *, quality: int = 80) -> CheckedFile:
    """The same words give the same picture; another quality makes another file of it."""
    dice, paper = random.Random(f"{issuer}{number}"), Image.new("L", (480, 680), 248)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((30, 30, 450, 90), outline=60, width=2)
    draw.text((44, 50), issuer, fill=20, font_size=26)
    draw.text((44, 110), f"No. {number}", fill=30, font_size=20)
    for row in range(9):
        top = 170 + 40 * row
        draw.rectangle((44, top, 44 + dice.randint(90, 260), top + 12), fill=dice.randint(60, 150))
        draw.rectangle((360, top, 360 + dice.randint(20, 80), top + 12), fill=dice.randint(60, 150))
    draw.text((44, 560), amount, fill=10, font_size=30)
    draw.text((44, 630), "RECONSTRUCTED FOR DEMONSTRATION", fill=90, font_size=16)
    content = BytesIO()
    paper.save(content, "JPEG", quality=quality)
    name = f"receipt-{number}.jpg"
    return check_file(_FILE, SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg"))
