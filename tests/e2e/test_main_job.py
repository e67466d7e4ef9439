"""The whole main job through its own pages: one fair edition from open call to published results."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bridgehead.portal.demo.personas import PERSONAS
from tests.e2e.story.applying import maker_applies_on_a_phone, others_apply, public_reads_the_call
from tests.e2e.story.concluding import (
    firm_confirms_a_win,
    maker_logs_a_consultation,
    release_is_read,
    results_are_exact,
    wave_is_sent,
    workbook_is_imported,
)
from tests.e2e.story.opening import (
    call_written_and_published,
    money,
    officer_signs_in_as_a_persona,
    programme_with_a_new_edition,
)
from tests.e2e.story.preparing import (
    buyer_answers_by_link,
    buyer_is_invited,
    calendar_is_taken,
    maker_wishes,
    pavilion_is_drawn,
    support_is_claimed,
    support_is_paid_by_another,
    support_is_promised,
    timetable_is_published,
)
from tests.e2e.story.selecting import (
    applications_are_checked,
    committee_decides_and_releases,
    maker_accepts,
    others_accept,
    reviewer_scores_blind,
)
from tests.factories.organisations import a_host, a_user, staff

SEOUL = ZoneInfo("Asia/Seoul")
ANNOUNCED, CLOSED, FAIR, MONTH_LATER = (
    datetime(2026, 3, 2, 10, tzinfo=SEOUL),
    datetime(2026, 3, 20, 10, tzinfo=SEOUL),
    datetime(2026, 5, 12, 18, tzinfo=SEOUL),
    datetime(2026, 6, 16, 10, tzinfo=SEOUL),
)


class Cast:
    """The people of the story. The officer is the persona that the demonstration's own page signs in."""

    def __init__(self):
        self.host = a_host(slug="jongno", name_ko="종로구", name_en="Jongno District", contact="02-2148-0000")
        self.officer = staff(self.host, "officer", name="김서연", email=PERSONAS[0].email)
        self.finance = staff(self.host, "finance", name="정다은")
        self.reviewers = [staff(self.host, "reviewer", name=name) for name in ("오세훈", "윤채원")]
        self.editor = staff(self.host, "editor", name="조유진")
        self.maker = a_user(name="문소유", email="maker@example.org", language="en")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_main_job_from_open_call_to_published_results(visit, site):
    cast = Cast()
    with time_machine.travel(ANNOUNCED):
        officer = officer_signs_in_as_a_persona(visit)
        programme = programme_with_a_new_edition(officer)
        money(officer, programme)
        call = call_written_and_published(officer, programme)
        public_reads_the_call(visit(), call)
        maker_applies_on_a_phone(visit(cast.maker, phone=True), call)
        others_apply(call)
    with time_machine.travel(CLOSED):
        applications_are_checked(visit(cast.officer), call)
        for reviewer in cast.reviewers:
            reviewer_scores_blind(visit(reviewer, phone=True), call)
        committee_decides_and_releases(visit(cast.officer), call)
        maker_accepts(visit(cast.maker, phone=True))
        others_accept()
        pavilion_is_drawn(visit(cast.officer), programme)
        support_is_promised(visit(cast.officer), programme)
        support_is_claimed(visit(cast.maker, phone=True))
        support_is_paid_by_another(visit(cast.officer), visit(cast.finance), programme)
        link = buyer_is_invited(visit(cast.officer), programme)
        buyer_answers_by_link(visit(phone=True), link)
        maker_wishes(visit(cast.maker, phone=True), programme)
        timetable_is_published(visit(cast.officer), programme)
        calendar_is_taken(visit(phone=True), link)
    with time_machine.travel(FAIR):
        maker_logs_a_consultation(visit(cast.maker, phone=True), programme)
        workbook_is_imported(visit(cast.officer), programme)
    with time_machine.travel(MONTH_LATER):
        answer = wave_is_sent(visit(cast.officer), programme)
        firm_confirms_a_win(visit(phone=True), answer)
        results_are_exact(visit(cast.officer), programme)
        release_is_read(visit(), cast, programme, site)
