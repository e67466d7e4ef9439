"""Products of the demo's firms: made-up pieces with simple pictures drawn by this file. All are reconstructed.

Some are covered by a certificate of Iksan's scheme: one valid, one suspended, and one that waits to be confirmed.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from bridgehead.catalogue.actions import covering, photos, products
from bridgehead.catalogue.models import Product
from bridgehead.certification.models import Case
from bridgehead.organisations.models import Organisation
from bridgehead.portal.demo import story
from bridgehead.portal.demo.certification import SLUG as SCHEME
from bridgehead.portal.demo.hosts import maker_of, officer_of

SIZE = 640
SILVER, GOLD, GREEN, PEARL = (176, 182, 190), (201, 162, 74), (70, 140, 110), (236, 230, 220)


@dataclass(frozen=True)
class Piece:
    """`case` is the state of the firm's case that covers the piece; `asked` leaves it unconfirmed."""

    firm: str
    korean: str
    english: str
    category: str
    materials: tuple[str, ...]
    price: tuple[int, int]
    colour: tuple[int, int, int]
    text_ko: str
    text_en: str
    case: str = ""
    asked: bool = False


PIECES = [
    Piece("mitsunoiv", "달빛 18K 반지", "Moonlight ring, 18K", "rings", ("gold-18k", "diamond"), (420, 680), GOLD,
          "왁스를 깎아 주조하고 난발로 다이아몬드를 물린 반지입니다. 호수는 7호부터 21호까지 만듭니다.",
          "Carved in wax, cast, and set with a diamond in prongs. Made in Korean sizes 7 to 21."),
    Piece("mitsunoiv", "물결 귀걸이", "Wave earrings", "earrings", ("gold-14k", "pearl"), (180, 260), GOLD,
          "진주를 매단 금 귀걸이입니다. 표면은 무광으로 마감합니다.", "Gold earrings with a pearl, finished matt."),
    Piece("soyou", "매듭 은목걸이", "Knot necklace", "necklaces", ("silver-925",), (65, 90), SILVER,
          "전통 매듭을 본뜬 은 목걸이입니다. 은선을 땜으로 이어 만듭니다.",
          "A necklace of sterling silver after a traditional knot, soldered from wire."),
    Piece("heradi", "연꽃 브로치", "Lotus brooch", "brooches", ("gold-18k", "jade"), (350, 520), GREEN,
          "옥을 깎아 금 테에 물린 브로치입니다.", "Carved jade in a bezel of gold."),
    Piece("the-yeoun", "자개 팔찌", "Mother-of-pearl bracelet", "bracelets", ("silver-925", "mother-of-pearl"),
          (120, 160), PEARL, "은에 자개를 상감한 팔찌입니다. 옻칠로 마감합니다.",
          "Silver inlaid with mother-of-pearl and finished with lacquer."),
    Piece("bukchon-ring", "북촌 커플링", "Bukchon couple rings", "rings", ("gold-14k",), (300, 420), GOLD,
          "안쪽에 글자를 새기는 커플링입니다.", "A pair of rings, engraved inside."),
    Piece("naksan-gem", "낙산 자수정 나석", "Naksan amethyst", "loose-stones", ("amethyst",), (40, 200),
          (142, 104, 176), "브릴리언트 커트로 연마한 자수정입니다.", "Amethyst in brilliant cut."),
    Piece("ikseon-pearl", "익선 진주 목걸이", "Ikseon pearl strand", "necklaces", ("pearl", "silver-925"), (210, 340),
          PEARL, "담수 진주를 색과 크기를 맞추어 꿴 목걸이입니다.", "Freshwater pearls matched in colour and size."),
    Piece("certified", "무도금 은반지", "Unplated silver ring", "rings", ("recycled-silver",), (38, 55), SILVER,
          "재생 은으로 주조하고 도금하지 않은 반지입니다. 텀블러로 광택을 냅니다.",
          "A ring cast in recycled silver, not plated, polished by tumbling.", case="certified"),
    Piece("certified", "은 체인 팔찌", "Silver chain bracelet", "bracelets", ("silver-925",), (45, 70), SILVER,
          "고리를 하나씩 땜한 은 체인 팔찌입니다.", "A chain bracelet of silver, each link soldered.", case="certified",
          asked=True),
    Piece("suspended", "무도금 은 귀걸이", "Unplated silver earrings", "earrings", ("silver-925",), (30, 48), SILVER,
          "도금하지 않은 은 귀걸이입니다.", "Earrings of silver, not plated.", case="suspended"),
]  # fmt: skip


def load() -> str:
    if Product.objects.exists():
        return "catalogue: there already"
    entered = [piece for number, piece in enumerate(PIECES, start=1) if _enter(piece, number)]
    return f"catalogue: {len(entered)} products loaded"


def _case(state: str) -> Case | None:
    return Case.objects.filter(version__scheme__slug=SCHEME, state=state).select_related("firm").first()


def _enter(piece: Piece, number: int) -> bool:
    """Nothing for a firm or a case that this loading of the demo does not have."""
    case = _case(piece.case) if piece.case else None
    firm = case.firm if case else Organisation.objects.filter(slug=piece.firm).first()
    if firm is None:
        return False
    moment = story.datetime.now(story.SEOUL) - timedelta(days=30 - number)
    with story.at(moment):
        _tell(piece, firm, case, number)
    return True


def _tell(piece: Piece, firm: Organisation, case: Case | None, number: int) -> None:
    maker = maker_of(firm)
    product = products.create_product(
        firm=firm, by=maker, materials=piece.materials, name_ko=piece.korean, name_en=piece.english,
        category=piece.category, description_ko=piece.text_ko, description_en=piece.text_en,
        price_min=Decimal(piece.price[0]), price_max=Decimal(piece.price[1]), currency="USD", price_basis="fob",
        capacity=20 * (1 + number % 5), minimum_order=10, lead_time=14 + 7 * (number % 3), hs_code="711319",
        reconstructed=True,
    )  # fmt: skip
    words = {
        "alt_ko": f"{piece.korean}: 시연을 위해 그린 그림",
        "alt_en": f"{piece.english}: drawn for the demonstration",
    }
    upload = ContentFile(_drawn(piece), f"{number}.png")
    photos.add_photo(product=product, upload=upload, by=maker, **words)
    products.publish(product=product, by=maker)
    if case is not None:
        coverage = covering.ask(product=product, case=case, by=maker)
        if not piece.asked:
            covering.confirm(coverage=coverage, by=officer_of("iksan"))


def _drawn(piece: Piece) -> bytes:
    """A flat drawing of the kind of piece, in the colour of its material."""
    image = Image.new("RGB", (SIZE, SIZE), (247, 245, 241))
    pen, colour = ImageDraw.Draw(image), piece.colour
    match piece.category:
        case "rings":
            pen.ellipse((170, 210, 470, 510), outline=colour, width=34)
            pen.polygon(
                [(320, 120), (370, 170), (320, 225), (270, 170)], fill=(214, 226, 236), outline=colour
            )
        case "necklaces":
            pen.arc((120, -60, 520, 470), 20, 160, fill=colour, width=12)
            pen.ellipse((280, 440, 360, 520), fill=colour)
        case "earrings":
            for left in (170, 370):
                pen.arc((left, 150, left + 100, 300), 150, 30, fill=colour, width=10)
                pen.ellipse((left, 300, left + 100, 420), fill=colour)
        case "bracelets":
            pen.ellipse((110, 190, 530, 470), outline=colour, width=30)
        case "brooches":
            for step in range(-2, 3):
                middle = 320 + 70 * step
                pen.ellipse((middle - 50, 240 + 30 * abs(step), middle + 50, 420), fill=colour, outline=GOLD)
        case _:
            corners = [(220, 230), (420, 230), (490, 310), (320, 500), (150, 310)]
            pen.polygon(corners, fill=colour, outline=(90, 70, 120))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
