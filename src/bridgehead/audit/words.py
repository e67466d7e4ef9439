"""What each verb of the trail says to people.

The codes are stable and stand in the hash chain; these words may change. All rooms' verbs are kept in one place, so every
page that shows the trail reads the same, and a test finds the verb that has no words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CALLS: dict[str, Promise] = {
    "call.create": _("Call written"),
    "call.edit": _("Call changed"),
    "call.edit_texts": _("Announcement changed"),
    "call.choose_questions": _("Question set chosen"),
    "call.set_scoring": _("Scoring set"),
    "call.publish": _("Call published"),
    "call.extend_deadline": _("Deadline extended"),
    "call.assign_reviewers": _("Applications handed out to reviewers"),
    "call.decide": _("Decisions written down"),
    "call.release": _("Decisions released"),
    "application.start": _("Application begun"),
    "application.amend": _("Application changed after submission"),
    "application.reopen": _("Application begun again"),
    "application.submit": _("Application submitted"),
    "application.return": _("Application returned for completion"),
    "application.shortlist": _("Application found eligible"),
    "application.select": _("Application selected"),
    "application.reserve": _("Application put on the reserve list"),
    "application.decline": _("Application not selected"),
    "application.withdraw": _("Application withdrawn"),
    "review.assign": _("Review assigned"),
    "review.unassign": _("Review taken away"),
    "review.submit": _("Review handed in"),
    "review.declare_conflict": _("Conflict of interest declared"),
    "decision.change": _("Decision changed by the committee"),
    "award.make": _("Place awarded"),
    "award.accept": _("Place accepted"),
    "award.withdraw": _("Place withdrawn"),
}
PROGRAMMES: dict[str, Promise] = {
    "strategy.create": _("Strategy created"),
    "strategy.edit": _("Strategy changed"),
    "project.create": _("Project created"),
    "project.edit": _("Project changed"),
    "fair_edition.create": _("Fair edition added"),
    "programme.create": _("Programme created"),
    "programme.edit": _("Programme changed"),
    "statement.add": _("Stated figure added"),
    "statement.edit": _("Stated figure changed"),
    "statement.delete": _("Stated figure deleted"),
    "question_set.create": _("Question set created"),
    "question_set.copy": _("Question set copied"),
    "question.add": _("Question added"),
    "question.edit": _("Question changed"),
    "question.move": _("Question moved"),
    "question.delete": _("Question deleted"),
}
MONEY: dict[str, Promise] = {
    "funding_source.add": _("Funding source added"),
    "funding_source.change": _("Funding source changed"),
    "funding_source.remove": _("Funding source removed"),
    "cost_item.add": _("Cost item added"),
    "cost_item.change": _("Cost item changed"),
    "cost_item.remove": _("Cost item removed"),
    "ceiling.add": _("Ceiling added"),
    "ceiling.change": _("Ceiling changed"),
    "ceiling.remove": _("Ceiling removed"),
    "incoming_grant.add": _("Incoming grant added"),
    "incoming_grant.change": _("Incoming grant changed"),
    "support.promise": _("Support promised"),
    "support.claimed": _("Support claimed"),
    "support.approved": _("Support approved"),
    "support.paid": _("Support paid"),
    "support.given": _("Support given in kind"),
    "support.refused": _("Support refused"),
}
FAIR: dict[str, Promise] = {
    "pavilion.add": _("Pavilion added"),
    "pavilion.change": _("Pavilion changed"),
    "pavilion.fill": _("Pavilion filled with stands"),
    "stand.add": _("Stand added"),
    "stand.change": _("Stand changed"),
    "stand.remove": _("Stand removed"),
    "stand.assign": _("Stand given to a firm"),
    "stand.free": _("Stand freed"),
    "matchmaking.open": _("Matchmaking opened"),
    "matchmaking.change": _("Matchmaking set-up changed"),
    "matchmaking.take_over": _("Participating firms taken over"),
    "party.add": _("Buyer added"),
    "party.edit": _("Details of a party changed"),
    "party.invite": _("Buyer invited"),
    "party.remind": _("Buyer reminded"),
    "party.accept": _("Taking part in meetings"),
    "party.decline": _("Not taking part in meetings"),
    "party.wishes": _("Wishes for meetings saved"),
    "timetable.compute": _("Timetable computed"),
    "timetable.publish": _("Timetable published"),
    "meeting.cancel": _("Meeting cancelled"),
}
RESULTS: dict[str, Promise] = {
    "consultation.log": _("Consultation logged"),
    "consultation.log_many": _("Consultations entered together"),
    "consultation.edit": _("Consultation changed"),
    "consultation.withdraw": _("Consultation withdrawn"),
    "consultation.restore": _("Consultation restored"),
    "stage.reach": _("Stage recorded"),
    "stage.correct": _("Stage corrected"),
    "stage.confirm": _("Confirmed by the firm"),
    "stage.withdraw": _("Stage taken back"),
    "follow_up.plan": _("Follow-up rounds planned"),
    "follow_up.send": _("Follow-up round sent"),
    "follow_up.remind": _("Firm reminded to answer"),
    "follow_up.answer": _("Follow-up answered"),
    "release.create": _("Release written"),
    "release.publish": _("Release published"),
    "release.unpublish": _("Release taken back"),
    "release.delete": _("Release deleted"),
    "feed.import": _("Feed imported"),
}
PEOPLE: dict[str, Promise] = {
    "firm.register": _("Firm registered"),
    "firm.update": _("Firm's details changed"),
    "firm.add_member": _("Person added to a firm"),
    "firm.remove_member": _("Person removed from a firm"),
    "role.give": _("Role given"),
    "role.take": _("Role taken away"),
    "mail.send": _("Mail sent"),
}
WORDS: dict[str, Promise] = CALLS | PROGRAMMES | MONEY | FAIR | RESULTS | PEOPLE


def words_for(verb: str) -> str:
    """A verb of an older or newer version is shown as its code."""
    return str(WORDS.get(verb, verb))
