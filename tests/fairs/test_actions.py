from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bridgehead.calls.models import Award
from bridgehead.calls.signals import award_made, award_withdrawn
from bridgehead.fairs import actions, steps
from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.kit.steps import Progress
from tests.factories.calls import an_award
from tests.factories.fairs import a_pavilion, a_stand
from tests.factories.organisations import a_user
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def new_stand(pavilion, code="B1", **measures):
    facts = {"x": 0, "y": 0, "width": 2, "depth": 2, **measures}
    return Stand(pavilion=pavilion, code=code, **{key: Decimal(str(value)) for key, value in facts.items()})


def test_pavilion_of_30_square_metres_is_filled_with_four_equal_stands():
    programme = a_programme()
    pavilion = actions.save_pavilion(
        pavilion=Pavilion(programme=programme, name_ko="종로관", width=Decimal(10), depth=Decimal(3)),
        by=a_user(),
    )
    stands = actions.fill(pavilion=pavilion, number=4, rows=1, by=a_user())
    assert pavilion.area == Decimal(30)
    assert [(stand.code, stand.area) for stand in stands] == [(f"A{n}", Decimal("7.5")) for n in range(1, 5)]


def test_filled_pavilion_is_not_filled_again():
    pavilion = a_stand().pavilion
    with pytest.raises(actions.StandsOverlap):
        actions.fill(pavilion=pavilion, number=4, rows=1, by=a_user())


@pytest.mark.parametrize("measures", [{"x": "8.5"}, {"y": "1.5"}, {"width": 11}])
def test_stand_beyond_the_pavilion_is_refused(measures):
    with pytest.raises(actions.DoesNotFit):
        actions.save_stand(stand=new_stand(a_pavilion(), **measures), by=a_user())


def test_stand_on_another_is_refused_with_its_code():
    there = a_stand()
    with pytest.raises(actions.StandsOverlap, match="A1"):
        actions.save_stand(stand=new_stand(there.pavilion, x=2), by=a_user())
    actions.save_stand(stand=new_stand(there.pavilion, x="2.5"), by=a_user())
    there.width = Decimal(2)
    assert actions.save_stand(stand=there, by=a_user()).width == Decimal(2)


def test_pavilion_is_not_made_smaller_than_its_stands():
    pavilion = a_stand(x=Decimal(7)).pavilion
    pavilion.width = Decimal(9)
    with pytest.raises(actions.DoesNotFit, match="A1"):
        actions.save_pavilion(pavilion=pavilion, by=a_user())


def test_meeting_tables_are_given_to_nobody():
    stand = a_stand(kind=Stand.Kind.MEETING)
    award = an_award(stand.pavilion.programme)
    with pytest.raises(actions.WrongAward):
        actions.assign(stand=stand, award=award, by=a_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        Stand.objects.filter(pk=stand.pk).update(award=award)


@pytest.mark.parametrize("wrong", ["withdrawn", "other programme"])
def test_stand_is_given_only_to_firms_taking_part(wrong):
    stand = a_stand()
    award = (
        an_award()
        if wrong == "other programme"
        else an_award(stand.pavilion.programme, state=Award.State.WITHDRAWN)
    )
    with pytest.raises(actions.WrongAward):
        actions.assign(stand=stand, award=award, by=a_user())


def test_firm_given_another_stand_leaves_the_one_it_had():
    first = a_stand()
    second = a_stand(first.pavilion, "A2", x=Decimal(3))
    award = an_award(first.pavilion.programme)
    actions.assign(stand=first, award=award, by=a_user())
    actions.assign(stand=second, award=award, by=a_user())
    assert [stand.award for stand in Stand.objects.order_by("code")] == [None, award]


def test_firms_change_places_in_one_arrangement():
    pavilion = a_pavilion()
    stands = actions.fill(pavilion=pavilion, number=2, rows=1, by=a_user())
    awards = [an_award(pavilion.programme) for _ in range(2)]
    actions.arrange(pavilion=pavilion, places=dict(zip(stands, awards, strict=True)), by=a_user())
    stands = list(Stand.objects.order_by("code"))
    swapped = dict(zip(stands, reversed(awards), strict=True))
    assert actions.arrange(pavilion=pavilion, places=swapped, by=a_user()) == 2
    assert [stand.award for stand in Stand.objects.order_by("code")] == awards[::-1]
    with pytest.raises(actions.WrongAward):
        actions.arrange(pavilion=pavilion, places=dict.fromkeys(stands, awards[0]), by=a_user())


def test_award_takes_the_first_free_stand_and_withdrawal_leaves_it_to_the_reserve():
    pavilion = a_pavilion()
    actions.fill(pavilion=pavilion, number=2, rows=1, by=a_user())
    awards = [an_award(pavilion.programme) for _ in range(3)]
    for award in awards:
        award_made.send(sender=Award, award=award, by=a_user())
    assert [stand.award for stand in Stand.objects.order_by("code")] == awards[:2]
    awards[0].state = Award.State.WITHDRAWN
    awards[0].save()
    award_withdrawn.send(sender=Award, award=awards[0], by=a_user())
    award_made.send(sender=Award, award=awards[2], by=a_user())
    assert [stand.award for stand in Stand.objects.order_by("code")] == [awards[2], awards[1]]


def test_award_before_the_pavilion_is_drawn_gets_its_stand_afterwards():
    award = an_award()
    award_made.send(sender=Award, award=award, by=a_user())
    pavilion = a_pavilion(award.programme)
    actions.fill(pavilion=pavilion, number=4, rows=2, by=a_user())
    assert [stand.award for stand in actions.assign_remaining(pavilion=pavilion, by=a_user())] == [award]


def test_step_follows_the_pavilion_from_nothing_to_everybody_seated(django_assert_max_num_queries):
    award = an_award()
    programme = award.programme
    assert steps.step(programme).progress == Progress.TODO
    pavilion = a_pavilion(programme)
    assert steps.step(programme).progress == Progress.CURRENT
    actions.fill(pavilion=pavilion, number=4, rows=1, by=a_user())
    assert len(steps.step(programme).late) == 1
    actions.assign_remaining(pavilion=pavilion, by=a_user())
    with django_assert_max_num_queries(4):
        assert steps.step(programme).progress == Progress.DONE
