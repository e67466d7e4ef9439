"""Which schemes, cases and certificates a person may see, and what the public register shows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.calls.models import Award
from bridgehead.certification.models import (
    Badge,
    Case,
    Certificate,
    Complaint,
    ImpartialityNote,
    Limit,
    Scheme,
    SchemeVersion,
)
from bridgehead.certification.rules import ISSUED
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import Visitor, hosts_where, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access


def schemes_visible_to(user: Visitor, permission: str = roles.CERTIFICATION_VIEW) -> QuerySet[Scheme]:
    """Schemes of the person's host, and those it evaluates for another."""
    hosts = hosts_where(user, permission)
    return (
        Scheme.objects.filter(Q(host__in=hosts) | Q(body__in=hosts)).select_related("host", "body").distinct()
    )


def cases_visible_to(user: Visitor, permission: str = roles.CERTIFICATION_VIEW) -> QuerySet[Case]:
    return _with_names(Case.objects.filter(version__scheme__in=schemes_visible_to(user, permission)))


def desk_cases(user: Visitor) -> QuerySet[Case]:
    """All but drafts, which are the maker's own until submitted."""
    return cases_visible_to(user).exclude(state=Case.State.DRAFT)


def cases_of_maker(user: Visitor) -> QuerySet[Case]:
    return _with_names(Case.objects.filter(firm__in=organisations_of(user)))


def _with_names(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("version__scheme__host", "version__scheme__body", "firm", "renews")


def schemes_in_force() -> QuerySet[Scheme]:
    """Schemes one can apply for, each with the version in force first in `versions`."""
    published = SchemeVersion.objects.exclude(published_at=None)
    return (
        Scheme.objects.filter(versions__in=published)
        .distinct()
        .select_related("host", "body")
        .prefetch_related(Prefetch("versions", published, to_attr="in_force"))
    )


def criteria_of(version: SchemeVersion) -> list:
    """The criteria with their limits, in order."""
    return list(version.criteria.prefetch_related(Prefetch("limits", Limit.objects.order_by("market", "pk"))))


def register() -> QuerySet[Certificate]:
    """Everything ever certified and not replaced: what was suspended or withdrawn stays, and says so."""
    return Certificate.objects.filter(replaced_at=None).select_related(
        "case__version__scheme__host", "case__firm", "credential__key"
    )


def search_register(*, words: str = "", firm: str = "", state: str = "") -> QuerySet[Certificate]:
    found = register()
    if words:
        parts = ["number", "scope_ko", "scope_en", "case__firm__name_ko", "case__firm__name_en"]
        wanted = Q()
        for part in parts:
            wanted |= Q(**{f"{part}__icontains": words})
        found = found.filter(wanted)
    if firm:
        found = found.filter(case__firm__slug=firm)
    return found.filter(case__state=state) if state in ISSUED else found


def certificates_by_firm(firms: Iterable[int]) -> dict[int, list[Certificate]]:
    """Firm → its certificates valid today, for pages that list many firms or their goods: one query for all."""
    found: dict[int, list[Certificate]] = {}
    for certificate in _valid_today().filter(case__firm__in=firms):
        found.setdefault(certificate.case.firm_id, []).append(certificate)
    return found


def _valid_today() -> QuerySet[Certificate]:
    return register().filter(case__state=Case.State.CERTIFIED, valid_until__gte=today())


def badges() -> QuerySet[Badge]:
    return Badge.objects.select_related("credential__host", "award__firm", "award__programme__host")


def badges_of_maker(user: Visitor) -> QuerySet[Badge]:
    return badges().filter(award__firm__in=organisations_of(user), credential__revoked_at=None)


def badges_of(firm: Organisation) -> QuerySet[Badge]:
    return badges().filter(award__firm=firm, credential__revoked_at=None)


def programmes_with_badges(user: Visitor, permission: str = roles.CERTIFICATION_VIEW) -> QuerySet[Programme]:
    """Programmes whose participants may get badges, with how many have one."""
    took_part = Q(awards__state__in=[Award.State.OFFERED, Award.State.ACCEPTED])
    return programmes_visible_to(user, permission).annotate(
        participants=Count("awards", filter=took_part, distinct=True),
        badged=Count("awards__badge", distinct=True),
    )


def participants(programme: Programme) -> QuerySet[Award]:
    """Everybody with a place; those who gave it back only where they have a badge to be taken away."""
    kept = ~Q(state=Award.State.WITHDRAWN) | Q(badge__isnull=False)
    return programme.awards.filter(kept).select_related("firm", "badge__credential").order_by("firm__name_ko")


def public_firms() -> QuerySet[Organisation]:
    """Firms that the register or a badge names; nobody else's name can be asked for here."""
    named = Q(certification_cases__certificates__isnull=False) | Q(awards__badge__isnull=False)
    return Organisation.objects.filter(named).distinct()


def certificates_of(firm: Organisation) -> QuerySet[Certificate]:
    """For the firm's public presence: those valid today."""
    return _valid_today().filter(case__firm=firm)


def open_complaints() -> QuerySet[Complaint]:
    return Complaint.objects.filter(upheld=None)


def complaints_open(user: Visitor) -> QuerySet[Complaint]:
    return open_complaints().filter(case__in=cases_visible_to(user)).select_related("case")


def ending_certificates(firms: QuerySet[Organisation], until: date) -> QuerySet[Certificate]:
    """Those that end soon and for which no renewal was begun."""
    found = _valid_today().filter(case__firm__in=firms, valid_until__lte=until)
    return found.filter(case__renewals=None)


def impartiality_log(user: Visitor) -> QuerySet[ImpartialityNote]:
    hosts = hosts_where(user, roles.CERTIFICATION_VIEW)
    return ImpartialityNote.objects.filter(host__in=hosts).select_related("host", "case", "by")


def may_read_evidence(user: Visitor, attachment: Attachment) -> Access:
    """The firm reads its own files, and those who work on certification at the scheme's host or body read all."""
    mine = cases_of_maker(user).filter(pk=attachment.owner_id).exists()
    seen = mine or cases_visible_to(user).filter(pk=attachment.owner_id).exists()
    return Access.FULL if seen else Access.NONE
