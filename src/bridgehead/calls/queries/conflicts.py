"""Conflicts of interest of a call's reviewers: those they act in, those they declared, and those their details betray."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.models import User
from bridgehead.calls import conflicts
from bridgehead.calls.conflicts import Mark, Pair, detect, marks
from bridgehead.calls.models import Application, Call, Review, ReviewerProfile, TeamMember
from bridgehead.organisations.models import Contact, Organisation, OrganisationMembership

#: Former employment counts for so long.
EMPLOYED_WITHIN = timedelta(days=3 * 365)

KINDS: dict[str, Promise] = {
    conflicts.ORGANISATION: _("acts for the same organisation"),
    conflicts.NUMBER: _("same business registration number"),
    conflicts.PHONE: _("same phone number"),
    conflicts.ADDRESS: _("same address"),
    conflicts.PERSON: _("is the applicant, a contact or a member of the team"),
    conflicts.DOMAIN: _("mail address of the same organisation"),
    conflicts.EMPLOYER: _("employed there in the last three years"),
    conflicts.DECLARED: _("declared by the reviewer"),
}


def reviewer_marks(people: Iterable[User]) -> dict[int, frozenset[Mark]]:
    """What each reviewer is known by: the declaration, and the organisations the person acts for. Three queries."""
    people = list(people)
    profiles = {one.user_id: one for one in ReviewerProfile.objects.filter(user__in=people)}
    acting: defaultdict[int, list[Organisation]] = defaultdict(list)
    for one in OrganisationMembership.objects.filter(user__in=people).select_related("organisation"):
        acting[one.user_id].append(one.organisation)
    return {person.pk: _of_person(person, profiles.get(person.pk), acting[person.pk]) for person in people}


def _of_person(person: User, profile: ReviewerProfile | None, acting: list[Organisation]) -> frozenset[Mark]:
    employers = [one for one in profile.employers if _is_recent(one.get("until"))] if profile else []
    return marks(
        organisations=[one.pk for one in acting],
        numbers=[*(one.business_number for one in acting), *(one.get("number", "") for one in employers)],
        phones=[*(one.phone for one in acting), profile.phone if profile else ""],
        addresses=[*(one.address for one in acting), profile.address if profile else ""],
        emails=[person.email],
        websites=[person.email, *(one.website for one in acting)],
        names=[one.get("name", "") for one in employers],
    )


def _is_recent(until: str | None) -> bool:
    """No day given: still employed."""
    return not until or date.fromisoformat(until) >= timezone.localdate() - EMPLOYED_WITHIN


_FIRM = ("business_number", "phone", "address", "website", "name_ko", "name_en")


def _applicant_marks(applications: QuerySet[Application]) -> dict[int, frozenset[Mark]]:
    """What each applicant is known by: the firm, who acts for it, its contacts, its team. Columns only: answers are long."""
    columns = ("pk", "firm_id", "applicant__email", *(f"firm__{name}" for name in _FIRM))
    rows = list(applications.order_by().values_list(*columns))
    firms = applications.order_by().values("firm")
    emails: defaultdict[int, list[str]] = defaultdict(list)
    acting = OrganisationMembership.objects.filter(organisation__in=firms)
    contacts = Contact.objects.filter(organisation__in=firms).exclude(email="")
    for firm, email in [
        *acting.values_list("organisation", "user__email"),
        *contacts.values_list("organisation", "email"),
    ]:
        emails[firm].append(email)
    members = TeamMember.objects.filter(application__in=applications.order_by().values("pk")).order_by()
    team: defaultdict[int, list[str]] = defaultdict(list)
    for application, email in members.values_list("application", "email"):
        team[application].append(email)
    return {
        pk: marks(
            organisations=[firm],
            numbers=[number],
            phones=[phone],
            addresses=[address],
            emails=[*emails[firm], *team[pk], applicant or ""],
            websites=[website],
            names=names,
        )
        for pk, firm, applicant, number, phone, address, website, *names in rows
    }


def conflicts_of(
    call: Call, people: Iterable[User], applications: QuerySet[Application] | None = None
) -> dict[Pair, list[str]]:
    """(application, reviewer) → kinds. A fixed number of queries, however many of either there are."""
    people = list(people)
    rows = call.applications.all() if applications is None else applications
    found = detect(_applicant_marks(rows), reviewer_marks(people))
    for pair in _declared(rows, people):
        found[pair] = [*found.get(pair, []), conflicts.DECLARED]
    return found


def _declared(applications: QuerySet[Application], people: list[User]) -> set[Pair]:
    """Who ever declared a conflict about the firm, in whichever call, never reads it again."""
    firms: defaultdict[int, list[int]] = defaultdict(list)
    for application, firm in applications.order_by().values_list("pk", "firm_id"):
        firms[firm].append(application)
    told = Review.objects.filter(state=Review.State.CONFLICT, reviewer__in=people).order_by()
    return {
        (application, person)
        for firm, person in told.values_list("application__firm", "reviewer")
        for application in firms.get(firm, ())
    }


@dataclass(frozen=True)
class Finding:
    """One conflict as the office sees it. `review` is set where the reading was handed out all the same."""

    application: Application
    reviewer: User
    kinds: list[str]
    review: Review | None

    @property
    def words(self) -> list[str]:
        return [str(KINDS[kind]) for kind in self.kinds]

    @property
    def is_flagged(self) -> bool:
        return self.review is not None and self.review.state != Review.State.CONFLICT


def findings_of(call: Call, people: Iterable[User]) -> list[Finding]:
    """Those that were assigned first: they need somebody to act."""
    by_pk = {person.pk: person for person in people}
    found = conflicts_of(call, by_pk.values())
    rows = Application.objects.filter(pk__in={application for application, _p in found}).select_related(
        "firm"
    )
    applications = {row.pk: row for row in rows}
    given = Review.objects.filter(application__in=applications, reviewer__in=by_pk)
    readings = {(review.application_id, review.reviewer_id): review for review in given.order_by("pk")}
    listed = [
        Finding(applications[a], by_pk[p], kinds, readings.get((a, p))) for (a, p), kinds in found.items()
    ]
    return sorted(listed, key=lambda one: (not one.is_flagged, one.application.number, one.reviewer.pk))
