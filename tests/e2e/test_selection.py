"""The selection room in a browser: the line by keyboard and pointer, weights, a scenario chosen, decisions changed, taken back
and released, a letter, an objection with its answer."""

import pytest

from bridgehead.calls.models import Call, Decision, Objection, Scenario
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import a_reviewed_call
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(visit):
    """(officer in the selection room, call, applications)"""
    call, applications = a_reviewed_call(objection_days=7)
    officer = visit(staff(call.programme.host))
    officer.go(f"desk/calls/{call.slug}/selection/")
    return officer, call, applications


def test_line_moves_by_keyboard_by_pointer_and_by_weights(room):
    officer, call, _applications = room
    line = officer.page.locator("#line")
    line.focus()
    line.press("ArrowDown")
    officer.sees("The line: 3", "This is a what-if")
    assert officer.page.evaluate("document.activeElement.id") == "line"
    drag_below(officer.page, rank=1)
    officer.sees("The line: 1")
    weight = call.criteria.first()
    officer.open("What if")
    officer.fill(**{f"weight-{weight.pk}": "0"})
    officer.field(f"weight-{weight.pk}").blur()
    officer.page.wait_for_url(f"**weight-{weight.pk}=0**")
    officer.sees("The line: 1")
    assert (Call.objects.get(pk=call.pk).places, Scenario.objects.count()) == (2, 0)
    assert officer.problems == []


def test_line_dropped_with_escape_stays_where_it_was(room):
    officer, _call, _applications = room
    grasp(officer.page, rank=4)
    officer.page.keyboard.press("Escape")
    officer.page.mouse.up()
    officer.page.wait_for_timeout(400)
    officer.sees("The line: 2")
    officer.sees_nothing_of("This is a what-if")
    assert officer.page.locator(".bh-seat--here, .bh-dragging").count() == 0


def test_scenario_is_saved_compared_and_chosen(room):
    officer, _call, _applications = room
    drag_below(officer.page, rank=3)
    officer.sees("The line: 3")
    officer.fill(name="Three places")
    officer.press("Save as a scenario")
    officer.sees("Scenarios side by side", "Three places")
    officer.follow("Choose Three places")
    officer.fill(reason="The budget has grown.")
    officer.press("Choose")
    officer.sees("The committee goes by the scenario “Three places”", "The line: 3")
    officer.follow("See who gets a place")
    officer.sees("By the scenario “Three places”.", "Selected: 3", "Reserve: 1")


def test_decisions_are_seen_changed_taken_back_and_written_again(room):
    officer, call, applications = room
    officer.follow("See who gets a place")
    officer.sees("Selected: 2", f"1. {applications[0].firm.name_en}")
    officer.press("Write the decisions down")
    officer.tick("chosen", str(Decision.objects.get(application=applications[3]).pk))
    officer.press("Change the ticked ones")
    officer.sees("1 decision is changed:", applications[3].firm.name_en)
    officer.fill(outcome="reserved", reason="A second reserve is needed.")
    officer.press("Change 1 decision")
    officer.sees("1 decision was changed.")
    assert outcomes(call) == ["selected", "selected", "reserved", "reserved"]
    officer.press("Take the decisions back")
    officer.sees("4 decisions were taken back.")
    decide(officer)
    assert outcomes(call) == ["selected", "selected", "reserved", "declined"]
    assert officer.problems == []


def test_release_writes_letters_and_an_objection_is_answered(room, visit):
    officer, call, applications = room
    decide(officer)
    officer.press("Release the decisions")
    officer.sees("Released: every firm has been told.")
    assert Mail.objects.filter(kind__startswith="calls.outcome").count() == 4
    officer.go("desk/mail/")
    officer.sees(applications[0].applicant.email)
    maker = visit(applications[3].applicant, phone=True)
    maker.go(f"my/applications/{applications[3].pk}/")
    maker.follow("Object to the decision")
    maker.fill(text="Please count the second catalogue.")
    maker.press("File the objection")
    maker.sees("The office is looking at it", "Please count the second catalogue.")
    assert maker.width <= 360
    officer.go(f"desk/calls/{call.slug}/selection/")
    officer.follow("Objections")
    officer.follow("Answer it")
    officer.tick("answer", "rejected")
    officer.fill(text="It was counted.")
    officer.press("Answer and write to the firm")
    officer.sees("Answered; the firm has been written to.")
    assert Objection.objects.get().answer == "rejected"
    maker.page.reload()
    maker.sees("It was counted.")
    assert [officer.problems, maker.problems] == [[], []]


def grasp(page, rank):
    """Take the line and hold it just below the row of this rank."""
    page.locator(".bh-ranking").scroll_into_view_if_needed()
    page.locator("#line").hover()
    page.mouse.down()
    row = page.locator(f"tr[data-rank='{rank}']").bounding_box()
    page.mouse.move(row["x"] + 80, row["y"] + row["height"] - 2, steps=5)


def drag_below(page, rank):
    grasp(page, rank)
    page.mouse.up()


def decide(officer):
    officer.follow("See who gets a place")
    officer.press("Write the decisions down")


def outcomes(call):
    decisions = Decision.objects.filter(application__call=call).order_by("rank")
    return list(decisions.values_list("outcome", flat=True))
