"""Checked, reviewed blind, decided, released, accepted."""

from bridgehead.accounts.models import User
from bridgehead.calls.actions import awarding
from bridgehead.calls.models import Application, Award
from bridgehead.mailing.models import Mail


def applications_are_checked(officer, call):
    officer.go(f"desk/calls/{call.slug}/applications/")
    officer.sees("Soyou", "Second Workshop", "Third Workshop")
    officer.follow(Application.objects.earliest("number").number)
    for _application in range(3):
        officer.press("Eligible and complete: to review")
    assert set(Application.objects.values_list("state", flat=True)) == {"shortlisted"}
    officer.go(f"desk/calls/{call.slug}/reviewers/")
    officer.press("Hand out evenly")
    officer.sees("6 reviews were handed out.")


def reviewer_scores_blind(reviewer, call):
    scores = {"Silver rings": "5", "Gold rings": "4", "Pearls": "3"}
    reviewer.go("review/")
    reviewer.follow("Declare now")
    reviewer.tick("pledge")
    reviewer.press("Declare")
    reviewer.page.locator("main a[href*='/review/']", has_text="-").first.click()
    for _application in range(3):
        reviewer.page.locator("form[data-autosave-url]").wait_for()
        reviewer.sees_nothing_of("Soyou", "Workshop")
        assert reviewer.width <= 360
        text = reviewer.page.locator("main").inner_text()
        score = next(value for words, value in scores.items() if words in text)
        for criterion in call.criteria.all():
            reviewer.tick(f"value_{criterion.pk}", score)
            reviewer.fill(**{f"reason_{criterion.pk}": f"Seen as {score}"})
        reviewer.press("Hand in and go to the next")
    reviewer.sees("was handed in")
    assert reviewer.problems == []


def committee_decides_and_releases(officer, call):
    officer.go(f"desk/calls/{call.slug}/selection/")
    officer.sees("Soyou", "100", "Second Workshop", "80")
    officer.follow("See who gets a place")
    officer.sees("Soyou", "Third Workshop")
    officer.press("Write the decisions down")
    assert Mail.objects.filter(kind__startswith="outcome").count() == 0
    officer.follow("Read the mails")
    officer.sees("maker@example.org")
    officer.go(f"desk/calls/{call.slug}/selection/")
    officer.press("Release the decisions")
    officer.sees("Released: every firm has been told.")
    states = dict(Application.objects.values_list("firm__name_en", "state"))
    assert states == {"Soyou": "selected", "Second Workshop": "selected", "Third Workshop": "reserved"}
    assert officer.problems == []


def maker_accepts(maker):
    maker.go("my/applications/")
    maker.page.locator("main a[href*='/my/applications/']").first.click()
    maker.sees("A place is offered to you")
    maker.press("Accept the place")
    maker.sees("You have accepted the place")
    assert maker.width <= 360
    assert maker.problems == []


def others_accept():
    for award in Award.objects.filter(state="offered").select_related("firm"):
        maker = User.objects.get(organisation_memberships__organisation=award.firm)
        awarding.accept_award(award=award, by=maker)
