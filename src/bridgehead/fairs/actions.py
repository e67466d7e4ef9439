"""Drawing the pavilion, and giving its stands to the firms that were awarded a place."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.calls.models import Award
from bridgehead.fairs import queries, rules
from bridgehead.fairs.models import Pavilion, Stand


class DoesNotFit(Exception):
    """A stand outside the pavilion, or a pavilion too small for its stands."""


class StandsOverlap(Exception):
    """A stand on top of others; `others` are those."""

    def __init__(self, *, others: list[Stand]) -> None:
        super().__init__(
            _("This place overlaps stand %(codes)s. Move it, or make it smaller.")
            % {"codes": ", ".join(stand.code for stand in others)}
        )
        self.others = others


class WrongAward(Exception):
    """An award of another programme, withdrawn, or a stand that is not for firms."""


def _record(by: Any, verb: str, target: Pavilion | Stand, pavilion: Pavilion, **data: Any) -> None:
    audit.record(by=by, verb=verb, target=target, chain=pavilion.programme.host.slug, data=data)


def _lock(pavilion: Pavilion) -> None:
    """Two people drawing at once must not place two stands on one spot."""
    Pavilion.objects.select_for_update().get(pk=pavilion.pk)


@transaction.atomic
def save_pavilion(*, pavilion: Pavilion, by: Any) -> Pavilion:
    """Create a pavilion (unsaved) or change it. Raises DoesNotFit when stands would be left outside."""
    verb = "pavilion.change" if pavilion.pk else "pavilion.add"
    if pavilion.pk:
        _lock(pavilion)
        outside = [stand.code for stand in queries.stands_of(pavilion) if not rules.inside(stand, pavilion)]
        if outside:
            raise DoesNotFit(
                _("These stands would be outside the pavilion: %(codes)s. Move them first.")
                % {"codes": ", ".join(outside)}
            )
    pavilion.full_clean()
    pavilion.save()
    _record(by, verb, pavilion, pavilion, width=pavilion.width, depth=pavilion.depth, hall=pavilion.hall)
    return pavilion


@transaction.atomic
def save_stand(*, stand: Stand, by: Any) -> Stand:
    """Draw a stand (unsaved) or move it. Raises DoesNotFit, StandsOverlap, or WrongAward when a stand that a firm
    has would become something else."""
    pavilion = stand.pavilion
    _lock(pavilion)
    verb = "stand.change" if stand.pk else "stand.add"
    stand.full_clean(validate_constraints=False)
    if not rules.inside(stand, pavilion):
        raise DoesNotFit(
            _("The stand reaches beyond the pavilion, which is %(width)s × %(depth)s m.")
            % {"width": pavilion.width, "depth": pavilion.depth}
        )
    others = [other for other in queries.stands_of(pavilion) if other.pk != stand.pk]
    if found := [other for other in others if rules.overlap(stand, other)]:
        raise StandsOverlap(others=found)
    if stand.award_id and stand.kind != Stand.Kind.FIRM:
        raise WrongAward(_("A firm has this stand. Give the firm another one first."))
    stand.validate_constraints()
    stand.save()
    _record(by, verb, stand, pavilion, x=stand.x, y=stand.y, width=stand.width, depth=stand.depth)
    return stand


@transaction.atomic
def remove_stand(*, stand: Stand, by: Any) -> None:
    """The firm on it, if any, has no stand afterwards."""
    _record(by, "stand.remove", stand, stand.pavilion, award=stand.award_id)
    stand.delete()


@transaction.atomic
def fill(*, pavilion: Pavilion, number: int, rows: int, by: Any) -> list[Stand]:
    """Draw `number` equal stands over the whole pavilion. Only an empty pavilion is filled; raises StandsOverlap
    otherwise, and DoesNotFit when the stands would be too small."""
    _lock(pavilion)
    if there := list(queries.stands_of(pavilion)):
        raise StandsOverlap(others=there)
    try:
        places = rules.equal_places(pavilion, number, rows)
    except ValueError as error:
        raise DoesNotFit(_("So many stands do not fit. Take fewer stands or fewer rows.")) from error
    codes = rules.next_codes([], number)
    stands = [
        Stand(pavilion=pavilion, code=code, x=at.x, y=at.y, width=at.width, depth=at.depth)
        for code, at in zip(codes, places, strict=True)
    ]
    Stand.objects.bulk_create(stands)
    _record(by, "pavilion.fill", pavilion, pavilion, stands=number, rows=rows)
    return list(queries.stands_of(pavilion))


@transaction.atomic
def assign(*, stand: Stand, award: Award | None, by: Any) -> Stand:
    """Give a stand to an awarded firm (which leaves the one it had), or free it with None. Raises WrongAward."""
    pavilion = stand.pavilion
    _lock(pavilion)
    if award is not None:
        fits = award.programme_id == pavilion.programme_id and award.state != Award.State.WITHDRAWN
        if not fits or stand.kind != Stand.Kind.FIRM:
            raise WrongAward(_("Only firms taking part in this programme stand here."))
        Stand.objects.filter(award=award).exclude(pk=stand.pk).update(award=None)
    stand.award = award
    stand.save(update_fields=["award"])
    firm = award.firm.slug if award else None
    _record(by, "stand.assign" if award else "stand.free", stand, pavilion, firm=firm)
    return stand


@transaction.atomic
def assign_remaining(*, pavilion: Pavilion, by: Any) -> list[Stand]:
    """Firms without a stand get the free ones: the firm awarded first the first free code."""
    _lock(pavilion)
    free, firms = queries.free_stands(pavilion), queries.without_stand(pavilion.programme)
    return [assign(stand=stand, award=award, by=by) for stand, award in zip(free, firms, strict=False)]


@transaction.atomic
def seat(*, award: Award, by: Any) -> Stand | None:
    """A new award takes the first free stand, if the pavilion is drawn and has one."""
    pavilion = queries.pavilion_of(award.programme)
    if pavilion is None or Stand.objects.filter(award=award).exists():
        return None
    _lock(pavilion)
    stand = queries.free_stands(pavilion).first()
    return assign(stand=stand, award=award, by=by) if stand else None


@transaction.atomic
def unseat(*, award: Award, by: Any) -> None:
    """A firm that withdrew leaves its stand, so that the promoted reserve finds it free."""
    for stand in Stand.objects.filter(award=award).select_related("pavilion__programme__host"):
        assign(stand=stand, award=None, by=by)


@transaction.atomic
def arrange(*, pavilion: Pavilion, places: Mapping[Stand, Award | None], by: Any) -> int:
    """Who stands where, for all stands at once, so that two firms can change places. Raises WrongAward when a firm
    would have two stands. Returns how many stands changed hands."""
    _lock(pavilion)
    firms = [award for award in places.values() if award]
    if len(set(firms)) < len(firms):
        raise WrongAward(_("A firm is chosen for two stands. Each firm has one."))
    changed = {
        stand: award for stand, award in places.items() if stand.award_id != (award.pk if award else None)
    }
    Stand.objects.filter(pk__in=[stand.pk for stand in changed]).update(award=None)
    for stand, award in changed.items():
        assign(stand=stand, award=award, by=by)
    return len(changed)
