"""Pictures are added, described, put in order and removed; what was removed comes back."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.catalogue import rules
from bridgehead.catalogue.actions.products import Incomplete
from bridgehead.catalogue.actions.trail import record
from bridgehead.catalogue.models import Photo, Product
from bridgehead.catalogue.pictures import Both, both_sizes
from bridgehead.catalogue.queries import photos_shown

FOLDER = "product-photos"


def _locked(product: Product) -> Product:
    return Product.objects.select_for_update(of=("self",)).select_related("firm").get(pk=product.pk)


@transaction.atomic
def add_photo(
    *, product: Product, upload: File, by: User | None, alt_ko: str = "", alt_en: str = ""
) -> Photo:
    """At the end of the row. The same picture twice is the same picture. Raises ValidationError."""
    taken, found = both_sizes(upload), _locked(product)
    same = photos_shown().filter(product=found, digest=taken.large.digest).first()
    if same is not None:
        return same
    if photos_shown().filter(product=found).count() >= rules.MOST_PHOTOS:
        raise ValidationError(
            _("A product shows at most %(most)d pictures. Remove one first.") % {"most": rules.MOST_PHOTOS}
        )
    last = found.photos.aggregate(last=Max("order"))["last"] or 0
    photo = Photo.objects.create(
        product=found,
        order=last + 1,
        file=_kept(taken, ""),
        thumbnail=_kept(taken, "-small"),
        digest=taken.large.digest,
        kind=taken.large.kind,
        width=taken.large.width,
        height=taken.large.height,
        alt_ko=alt_ko,
        alt_en=alt_en,
        added_by=by,
    )
    record(product=found, verb="product.add_photo", by=by, photo=photo.pk)
    return photo


def _kept(taken: Both, size: str) -> str:
    """Stored under the hash of its content: the same picture of two products is one file."""
    path = f"{FOLDER}/{taken.large.digest}{size}.{taken.large.kind}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(taken.small if size else taken.large.content))
    return path


@transaction.atomic
def describe_photo(*, photo: Photo, alt_ko: str, alt_en: str, by: User | None) -> Photo:
    photo.alt_ko, photo.alt_en = alt_ko, alt_en
    photo.save(update_fields=["alt_ko", "alt_en"])
    _stay_complete(photo.product)
    record(product=photo.product, verb="product.describe_photo", by=by, photo=photo.pk)
    return photo


@transaction.atomic
def move_photo(*, photo: Photo, by_places: int, by: User | None) -> None:
    """One place forward (-1) or back (1); the first picture is the one lists show."""
    product = _locked(photo.product)
    row = list(photos_shown().filter(product=product))
    old = next(place for place, one in enumerate(row) if one.pk == photo.pk)
    new = min(max(old + by_places, 0), len(row) - 1)
    row.insert(new, row.pop(old))
    for place, one in enumerate(row, start=1):
        if one.order != place:
            Photo.objects.filter(pk=one.pk).update(order=place)
    record(product=product, verb="product.move_photo", by=by, photo=photo.pk)


@transaction.atomic
def remove_photo(*, photo: Photo, by: User | None) -> None:
    """Off every page; `bring_back` undoes it. Raises Incomplete for the last picture of a public product."""
    photo.removed_at = timezone.now()
    photo.save(update_fields=["removed_at"])
    _stay_complete(photo.product)
    record(product=photo.product, verb="product.remove_photo", by=by, photo=photo.pk)


@transaction.atomic
def bring_back(*, photo: Photo, by: User | None) -> None:
    """Doing it twice is the same as once; where the picture was sent anew meanwhile, that one stays."""
    again = photos_shown().filter(product=photo.product_id, digest=photo.digest).exists()
    if photo.removed_at is None or again:
        return
    photo.removed_at = None
    photo.save(update_fields=["removed_at"])
    record(product=photo.product, verb="product.bring_back_photo", by=by, photo=photo.pk)


def _stay_complete(product: Product) -> None:
    if product.is_public:
        lacking = rules.missing(rules.tick_list(product, photos_shown().filter(product=product)))
        if lacking:
            raise Incomplete(lacking)
