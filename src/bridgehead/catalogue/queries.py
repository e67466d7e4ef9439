"""Which products a person sees and may change, what the public finds, and which certificates stand beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.calls.models import Award
from bridgehead.catalogue.models import Coverage, MadeOf, Photo, Product
from bridgehead.catalogue.rules import folded
from bridgehead.certification.models import Case, Certificate
from bridgehead.certification.queries import register, schemes_visible_to
from bridgehead.certification.rules import ISSUED
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host, Organisation
from bridgehead.organisations.queries import Visitor, firms, firms_of, hosts_where
from bridgehead.programmes.queries import programmes_visible_to

Products = QuerySet[Product]


def supported_firms(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Organisation]:
    """Firms with a place in a programme at which the person holds the permission."""
    held = Award.objects.filter(
        programme__in=programmes_visible_to(user, permission).values("pk"),
        state__in=[Award.State.OFFERED, Award.State.ACCEPTED],
    )
    return firms().filter(pk__in=held.values("firm"))


def firms_written_by(user: Visitor) -> QuerySet[Organisation]:
    """Firms whose products the person may write: the own ones, and those an office enters for."""
    mine = Q(pk__in=firms_of(user).values("pk"))
    return firms().filter(mine | Q(pk__in=supported_firms(user, roles.EDIT).values("pk")))


def host_writing_for(user: Visitor, firm: Organisation) -> Host | None:
    """The office in whose name somebody writes for a firm; None for the firm's own people."""
    if firms_of(user).filter(pk=firm.pk).exists():
        return None
    hosts = hosts_where(user, roles.EDIT)
    supporting = Q(programmes__awards__firm=firm) | Q(operated_programmes__awards__firm=firm)
    return hosts.filter(supporting).order_by("slug").first()


def photos_shown() -> QuerySet[Photo]:
    return Photo.objects.filter(removed_at=None)


def _furnished(products: Products) -> Products:
    """With what a list or a page shows of each; one query for each kind, however many products."""
    return products.select_related("firm").prefetch_related(
        "made_of", Prefetch("photos", photos_shown(), to_attr="pictures")
    )


def written_by(user: Visitor) -> Products:
    return _furnished(Product.objects.filter(firm__in=firms_written_by(user).values("pk")))


def my_products(user: Visitor) -> Products:
    return _furnished(Product.objects.filter(firm__in=firms_of(user).values("pk"))).order_by(
        "firm", "-changed_at", "-pk"
    )


def desk_products(user: Visitor) -> Products:
    found = Product.objects.filter(firm__in=supported_firms(user).values("pk"))
    return _furnished(found).order_by("firm__name_ko", "code", "pk")


def seen_by(user: Visitor) -> Products:
    """For single things of a product, such as its pictures: what is public, one's own, and what one's office supports."""
    mine = Q(firm__in=firms_of(user).values("pk")) | Q(firm__in=supported_firms(user).values("pk"))
    confirms = Q(coverages__case__version__scheme__in=_schemes_worked_on(user))
    return Product.objects.filter(Q(state=Product.State.PUBLISHED) | mine | confirms).distinct()


def public_products() -> Products:
    return _furnished(Product.objects.filter(state=Product.State.PUBLISHED))


@dataclass(frozen=True)
class Wanted:
    """What a buyer or an officer filters by; empty means everything."""

    words: str = ""
    category: str = ""
    material: str = ""
    firm: str = ""
    certified: bool = False
    state: str = ""


def filtered(products: Products, wanted: Wanted) -> Products:
    for word in wanted.words.split()[:8]:
        products = products.filter(_says(word))
    if wanted.category:
        products = products.filter(category=wanted.category)
    if wanted.material:
        made = MadeOf.objects.filter(product=OuterRef("pk"), material=wanted.material)
        products = products.filter(Exists(made))
    if wanted.firm:
        products = products.filter(firm__slug=wanted.firm)
    if wanted.state:
        products = products.filter(state=wanted.state)
    return products.filter(Exists(_certified_now())) if wanted.certified else products


def _says(word: str) -> Q:
    said = Q(firm__name_ko__icontains=word) | Q(firm__name_en__icontains=word)
    return said | Q(search_text__contains=folded(word)) if folded(word) else said


def _holding(coverages: QuerySet[Coverage], **certificate: Any) -> QuerySet[Coverage]:
    """Confirmed, and of the scope and the product as they are now; more may be asked of the same certificate."""
    return coverages.filter(
        state=Coverage.State.CONFIRMED,
        identity=F("product__identity"),
        case__certificates__replaced_at=None,
        case__certificates__scope_ko=F("scope_ko"),
        case__certificates__scope_en=F("scope_en"),
        **{f"case__certificates__{name}": value for name, value in certificate.items()},
    )


def _certified_now() -> QuerySet[Coverage]:
    of_this = Coverage.objects.filter(product=OuterRef("pk"), case__state=Case.State.CERTIFIED)
    return _holding(of_this, valid_until__gte=today())


@dataclass(frozen=True)
class Shown:
    """A certificate beside a product, with its state today. The mark's rules allow it only for a valid one."""

    certificate: Certificate
    standing: str

    @property
    def may_bear_mark(self) -> bool:
        return self.standing == "valid" and self.certificate.credential is not None


def certificates_on(products: Iterable[Product]) -> dict[int, list[Shown]]:
    """Product → the certificates whose scope is confirmed to name it, whatever became of them: one query for all."""
    found: dict[int, list[Shown]] = {}
    held = _holding(Coverage.objects.filter(product__in=[product.pk for product in products]))
    pairs = held.values_list("product", "case")
    by_case = {one.case_id: one for one in register().filter(case__in={case for _product, case in pairs})}
    for product, case in pairs:
        certificate = by_case[case]
        found.setdefault(product, []).append(Shown(certificate, certificate.standing(today())))
    return found


def certificates_of_firm(firm: Organisation) -> list[Shown]:
    """All of the firm's, with their state: about the firm, not about a product."""
    return [Shown(one, one.standing(today())) for one in register().filter(case__firm=firm)]


def cases_to_ask(product: Product) -> QuerySet[Case]:
    """Certified cases of the firm, for products, that this product does not refer to yet."""
    return (
        Case.objects.filter(firm=product.firm_id, kind=Case.Kind.PRODUCTS, state__in=ISSUED[:2])
        .exclude(coverages__product=product)
        .select_related("version__scheme")
    )


@dataclass(frozen=True)
class Asked:
    """A coverage as its firm and the confirming office see it. `holds` is what the public sees."""

    coverage: Coverage
    certificate: Certificate
    holds: bool

    @property
    def standing(self) -> str:
        return self.certificate.standing(today())


def coverages_of(product: Product) -> list[Asked]:
    held = set(_holding(product.coverages.all()).values_list("pk", flat=True))
    coverages = product.coverages.select_related("case__version__scheme", "decided_by")
    certificates = {one.case_id: one for one in register().filter(case__coverages__product=product)}
    return [
        Asked(one, certificates[one.case_id], one.pk in held)
        for one in coverages
        if one.case_id in certificates
    ]


def _schemes_worked_on(user: Visitor) -> Any:
    return schemes_visible_to(user, roles.CERTIFICATION_WORK).values("pk")


def coverages_for(user: Visitor) -> QuerySet[Coverage]:
    """Those of schemes at whose host or body the person works; never of a firm the person acts for."""
    found = Coverage.objects.filter(case__version__scheme__in=_schemes_worked_on(user))
    return found.exclude(product__firm__in=firms_of(user).values("pk")).select_related(
        "product__firm", "case__version__scheme"
    )


def to_confirm(user: Visitor) -> QuerySet[Coverage]:
    """Asked for and not answered, oldest first."""
    return coverages_for(user).filter(state=Coverage.State.ASKED).order_by("asked_at", "pk")


def firms_with_products(pks: Iterable[int] | None = None) -> set[int]:
    """Which of these firms have something in the catalogue."""
    found = Product.objects.filter(state=Product.State.PUBLISHED)
    if pks is not None:
        found = found.filter(firm__in=list(pks))
    return set(found.values_list("firm", flat=True).distinct())


def public_firms() -> QuerySet[Organisation]:
    """For the filter and the firm's own page, with how many products each shows."""
    shown = Count("products", filter=Q(products__state=Product.State.PUBLISHED))
    return firms().annotate(shown=shown).filter(shown__gt=0).order_by("name_ko", "pk")
