"""One programme in which something of everything is there: what the tables of pages are tried on.

Made by the actions people use, so that what is shown is what they would see.
"""

import io
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import xlsxwriter
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.accounts.roles import ROLES
from bridgehead.calls.actions import (
    appearing,
    applying,
    assigning,
    awarding,
    checking,
    deciding,
    declaring,
    releasing,
    reviewing,
    teaming,
)
from bridgehead.calls.models import (
    Application,
    Award,
    Call,
    Decision,
    Letter,
    Objection,
    Review,
    Scenario,
    Stage,
)
from bridgehead.calls.models import Criterion as CallCriterion
from bridgehead.calls.tasks import paper_name
from bridgehead.catalogue.actions import covering
from bridgehead.certification.actions.badges import give_badge
from bridgehead.certification.actions.schemes import begin_version
from bridgehead.floor.actions.phones import greet_phone
from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.waves import plan_waves, send_wave
from bridgehead.floor.actions.wins import send_win_link
from bridgehead.floor.actions.workbooks import upload_batch
from bridgehead.floor.models import FieldConflict, FollowUp, Receipt, Wave
from bridgehead.funding import settlement
from bridgehead.funding.actions import ask_transfer, save_grant, save_rule, save_terms, vouchers
from bridgehead.funding.models import IncomingGrant, MoneyTerms, SupportRule, VoucherTerms
from bridgehead.funding.tasks import bundle_name
from bridgehead.jobs.models import Job
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions as matchmaking
from bridgehead.matchmaking.actions import directory, fairday, interpreting
from bridgehead.matchmaking.models import BuyerRecord, Interpreter, Meeting, Proposal, Run
from bridgehead.newsroom.actions.releases import create_release
from bridgehead.organisations.models import Consent, HostMembership, Organisation, OrganisationMembership
from bridgehead.portal.demo.personas import PERSONAS
from bridgehead.programmes.actions import add_statement, create_project, create_strategy
from bridgehead.questions import uploading
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import check_file
from bridgehead.terminology.actions.editing import propose
from bridgehead.terminology.actions.picturing import keep_picture
from bridgehead.terminology.actions.publishing import ask_for
from bridgehead.terminology.actions.suggesting import suggest
from bridgehead.terminology.tasks import make_publication
from tests.factories.calls import a_call, a_call_file, a_question_set, a_rule, an_award
from tests.factories.catalogue import a_photo, a_product, published
from tests.factories.certification import a_case, a_scheme, certified
from tests.factories.fairs import a_pavilion, a_stand
from tests.factories.floor import a_consultation
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_promise, a_source
from tests.factories.matchmaking import a_buyer_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import a_firm, a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme, an_edition
from tests.factories.terminology import a_concept, a_picture
from tests.factories.vouchers import a_provider, a_quote, a_voucher, a_voucher_item

ASKED: list[dict[str, Any]] = [
    {"key": "product", "kind": "short_text", "label_ko": "주력 제품", "label_en": "Main product"},
    {
        "key": "catalogue",
        "kind": "file",
        "label_ko": "제품 소개서",
        "label_en": "Catalogue",
        "required": False,
    },
]
CONSENTS = dict.fromkeys(Consent.Purpose.values, "동의합니다.")
BODY = {"body_ko": "참가 기업을 모집합니다.", "body_en": "We look for firms."}


@dataclass
class People:
    """One person for each role; anonymous is None."""

    users: dict[str, User | None]

    def __getitem__(self, role: str) -> User | None:
        return self.users[role]


def a_world() -> SimpleNamespace:
    """Attributes are the rows the pages are about; `people` are those who try to open them."""
    world = SimpleNamespace()
    _offices(world)
    _programme(world)
    _calls(world)
    _money(world)
    _vouchers(world)
    _pavilion(world)
    _matchmaking(world)
    _floor(world)
    _news(world)
    _terms(world)
    _certification(world)
    _catalogue(world)
    _sundries(world)
    return world


def _offices(world: SimpleNamespace) -> None:
    world.host = a_host(slug="town", name_ko="시험시", name_en="Testtown", contact="02-000-0000")
    agency = a_host(slug="agency", name_ko="시험재단", name_en="Test Foundation")
    world.agency = agency
    users: dict[str, User | None] = {"anonymous": None, "stranger": staff(a_host(), "officer")}
    for role in ROLES:
        users[role] = staff(agency if role == "operator" else world.host, role)
    world.firm = a_firm(slug="silver", name_ko="은공방", name_en="Silver Workshop", country="KR")
    world.other_firm = a_firm(slug="gold", name_ko="금공방", name_en="Gold Workshop")
    users["maker"] = maker_of(world.firm)
    users["other maker"] = maker_of(world.other_firm)
    world.firm.memberships.update(is_owner=True)
    world.people = People(users)
    world.host_membership = HostMembership.objects.get(user=users["editor"])
    colleague = maker_of(world.firm)
    world.firm_membership = colleague.organisation_memberships.get()


def _programme(world: SimpleNamespace) -> None:
    officer, today = world.people["officer"], timezone.localdate()
    first, last = today - timedelta(days=1), today + timedelta(days=4)
    world.strategy = create_strategy(
        host=world.host, title_ko="세계로 가는 공방", title_en="Workshops abroad", by=officer
    )
    world.project = create_project(
        strategy=world.strategy, title_ko="해외 박람회", title_en="Fairs abroad", by=officer
    )
    world.programme = a_programme(
        world.host,
        slug="town-fair",
        operator=world.agency,
        project=world.project,
        edition=an_edition(name="VICENZAORO 2026", starts_on=first, ends_on=last),
        starts_on=first,
        ends_on=last,
        is_public=True,
        result_currency="USD",
        zone="Europe/Rome",
    )
    world.statement = add_statement(
        programme=world.programme,
        by=officer,
        subject="visitors",
        value=Decimal(35000),
        unit="people",
        said_by="Testtown",
        said_on=date(2026, 1, 12),
    )


def _calls(world: SimpleNamespace) -> None:
    """One call being written, one open, one decided and released."""
    officer, reviewer, maker = (world.people[role] for role in ("officer", "reviewer", "maker"))
    world.questions = a_question_set(world.programme, *ASKED)
    world.question = world.questions.questions.first()
    world.draft_call = a_call(world.programme, slug="draft-call", published_at=None, questions=tuple(ASKED))
    world.open_call = a_call(world.programme, slug="open-call", questions=tuple(ASKED), **BODY)
    world.done_call = a_call(
        world.programme, slug="done-call", questions=tuple(ASKED), reviews_wanted=1, **BODY
    )
    world.draft_stage = world.draft_call.stages.get()
    world.call_file, world.open_file = (a_call_file(call) for call in (world.draft_call, world.open_call))
    world.rule, world.open_rule = (a_rule(call) for call in (world.draft_call, world.open_call))
    world.withdrawn_award = an_award(world.programme, a_firm(), state="withdrawn", withdrawn_reason="병가")
    world.draft = applying.start(call=world.open_call, firm=world.firm, by=maker)
    team_call = a_call(world.programme, slug="team-call", team_min=1, team_max=4, **BODY)
    world.team_draft = applying.start(call=team_call, firm=world.firm, by=maker)
    world.member = teaming.add_member(
        application=world.team_draft, name="Kim", email="kim@example.org", role="design", by=maker
    )
    world.team_token = teaming.link_to(world.member).rstrip("/").rpartition("/")[2]
    world.upload = uploading.begin(
        question=world.open_call.question_set.questions.get(key="catalogue"),
        owner=world.draft,
        name="big.pdf",
        size=9_000_000,
        by=maker,
    )
    other = maker_of(a_firm())
    world.submitted = _apply(world.open_call, other.organisation_memberships.get().organisation, other)
    world.application = _apply(world.done_call, world.firm, maker)
    third = maker_of(a_firm())
    world.reviewed = _apply(world.open_call, third.organisation_memberships.get().organisation, third)
    world.attachment = Attachment.objects.get(owner_id=str(world.application.pk))
    for application in (world.application, world.reviewed):
        checking.shortlist(application=application, by=officer)
        assigning.assign_reviewer(application=application, reviewer=reviewer, by=officer)
    world.review = Review.objects.get(application=world.reviewed)
    world.open_stage = world.open_call.stages.get()
    declaring.declare(by=reviewer)
    scores = {
        criterion.pk: {"value": 4, "reason": "우수함"}
        for criterion in CallCriterion.objects.filter(call=world.done_call)
    }
    reviewing.submit_review(
        review=Review.objects.get(application=world.application), scores=scores, by=reviewer
    )
    Call.objects.filter(pk=world.done_call.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    deciding.decide(call=world.done_call, by=officer)
    world.decision = Decision.objects.get(application=world.application)
    releasing.release(call=world.done_call, by=officer)
    world.award = Award.objects.get(application=world.application)
    world.scenario = Scenario.objects.create(call=world.done_call, name="More places", places=3)
    world.objection = Objection.objects.create(
        application=world.application, text="점수를 다시 보아 주십시오."
    )
    world.letter = Letter.objects.create(
        call=world.open_call, outcome="selected", subject_ko="선정", body_ko="{firm}"
    )
    world.paper_job = "7b8d0d2e-5f0c-4f0e-9a51-0c6f6a3c2b11"
    default_storage.save(paper_name(world.done_call, world.paper_job, "hwpx"), ContentFile(b"PK"))
    awarding.accept_award(award=world.award, by=maker)
    _interview(world)


def _interview(world: SimpleNamespace) -> None:
    """A call whose only stage is an interview, its order of the day published."""
    call = a_call(world.programme, slug="interview-call", questions=tuple(ASKED), **BODY)
    world.interview = call.stages.get()
    facts = {"kind": "interview", "name_ko": "면접", "name_en": "Interview", "minutes_each": 20}
    facts |= {"held_at": call.closes_at + timedelta(days=7), "place_ko": "본관 3층", "place_en": "Room 3"}
    Stage.objects.filter(pk=world.interview.pk).update(**facts)
    world.appearing = _apply(call, world.firm, world.people["maker"])
    checking.shortlist(application=world.appearing, by=world.people["officer"])
    appearing.publish_order(stage=world.interview, drawn=False, by=world.people["officer"])


def _apply(call: Call, firm: Organisation, maker: User) -> Application:
    application = applying.start(call=call, firm=firm, by=maker)
    upload = SimpleUploadedFile("catalogue.pdf", b"%PDF-1.7\n%%EOF")
    question = call.question_set.questions.get(key="catalogue")
    application = applying.save_answers(
        application=application,
        answers={"product": "은반지"},
        files={"catalogue": check_file(question, upload)},
        version=application.version,
        by=maker,
    )
    return applying.submit(application=application, consents=CONSENTS, by=maker)


def _money(world: SimpleNamespace) -> None:
    world.source = a_source(world.programme)
    world.item = a_cost_item(world.programme, code="freight", mode="cash")
    world.ceiling = a_ceiling(world.programme, effective_from=date(2025, 1, 1))
    officer, maker = world.people["officer"], world.people["maker"]
    world.promised = a_promise(world.item, world.firm, by=officer)
    world.claimed = a_claim(a_promise(world.item, world.firm, 500_000, by=officer), by=maker)
    rule = SupportRule(cost_item=world.item, effective_from=date(2025, 6, 1), rate=Decimal(80))
    world.money_rule = save_rule(rule=rule, by=officer)
    save_terms(terms=MoneyTerms(programme=world.programme, claims_without_promise=True), by=officer)
    world.account = world.firm.firm_accounts.get()
    world.bundle = "7b8d0d2e-5f0c-4f0e-9a51-0c6f6a3c2b12"
    bundle = io.BytesIO()
    settlement.write(
        bundle, programme=world.programme, firm=None, language="ko", tell=lambda done, total: None
    )
    default_storage.save(bundle_name(world.programme, world.bundle), ContentFile(bundle.getvalue()))
    world.transfer = ask_transfer(
        from_item=world.item,
        to_item=a_cost_item(world.programme, code="booth"),
        amount=Decimal(1_000_000),
        reason="부스 임차료 인상",
        by=officer,
    )
    grant = IncomingGrant(
        host=world.host,
        title_ko="지역특화 사업",
        title_en="Local industries",
        granting_body_ko="중소벤처기업부",
        granting_body_en="Ministry of SMEs",
        year=2026,
        state="selected",
        amount=Decimal(316_000_000),
    )
    world.grant = save_grant(grant=grant, by=officer)


def _vouchers(world: SimpleNamespace) -> None:
    """A voucher of the maker; the other maker also acts for the provider that is asked and booked."""
    officer, maker, other = (world.people[role] for role in ("officer", "maker", "other maker"))
    item = a_voucher_item(world.programme)
    terms = VoucherTerms(programme=world.programme, cost_item=item, value=Decimal(2_000_000))
    vouchers.save_voucher_terms(terms=terms, by=officer)
    world.voucher = a_voucher(item, world.firm, by=officer)
    world.provider = a_provider(world.host)
    OrganisationMembership.objects.create(organisation=world.provider.organisation, user=other)
    world.quote = a_quote(world.voucher, world.provider, by=maker)
    world.quote_request = world.quote.request
    world.booking = vouchers.book_quote(quote=a_quote(world.voucher, world.provider), by=maker)


def _pavilion(world: SimpleNamespace) -> None:
    world.pavilion = a_pavilion(world.programme)
    world.stand = a_stand(world.pavilion, award=world.award)
    a_stand(world.pavilion, "A2", x=Decimal(3))


def _matchmaking(world: SimpleNamespace) -> None:
    officer, tomorrow = world.people["officer"], timezone.localdate() + timedelta(days=2)
    world.forum = a_forum(
        world.programme,
        days=[tomorrow],
        starts=time(10),
        ends=time(12),
        wishes_close_at=timezone.now() + timedelta(days=1),
    )
    matchmaking.take_over_firms(forum=world.forum, by=officer)
    world.firm_party = world.forum.parties.get(organisation=world.firm)
    world.buyer = a_buyer_party(world.forum, accepted=False, name="Rossi Gioielli", email="rossi@example.org")
    matchmaking.invite(party=world.buyer, by=officer)
    world.buyer_token = _token("b", "rossi@example.org")
    matchmaking.answer_invitation(party=world.buyer, accept=True, by=officer)
    a_buyer_party(world.forum, accepted=False, name="Bianchi", email="bianchi@example.org")
    a_wish(world.firm_party, world.buyer)
    a_wish(world.buyer, world.firm_party)
    world.timetable = a_timetable(world.forum)
    matchmaking.publish(timetable=world.timetable, by=officer)
    world.meeting = Meeting.objects.get(timetable=world.timetable)
    world.plan = matchmaking.copy_timetable(timetable=world.timetable, by=officer)
    world.offered = Proposal.objects.create(
        forum=world.forum,
        firm=world.firm_party,
        buyer=world.buyer,
        slot=world.forum.slots.last(),
        stand=world.stand.code,
        state=Proposal.State.OFFERED,
    )
    other_buyer = world.forum.parties.get(organisation__name_en="Bianchi")
    world.block = matchmaking.keep_apart(
        firm=world.firm_party, buyer=other_buyer, by=officer, reason="competitors"
    )
    world.party_badge = fairday.badge_of(world.buyer)
    world.interpreter = interpreting.save_interpreter(
        interpreter=Interpreter(forum=world.forum, name="Lee", languages=["it"]), available=[], by=officer
    )
    world.interpreter_token = interpreting.send_interpreter_link(interpreter=world.interpreter, by=officer)
    world.buyer_record = world.buyer.organisation.buyer_record
    directory.offer_hosting(
        party=world.buyer, travel="", nights=2, must_attend=3, guaranteed_meetings=2, by=officer
    )
    spare = add_spare_buyer(world.programme.host)
    world.merge = directory.merge_buyers(
        kept=world.buyer_record, gone=spare, host=world.programme.host, by=officer
    )
    world.buyers_file = directory.upload_buyers(
        host=world.programme.host, name="buyers.csv", content=b"Company,Country\nVerdi,Italy\n", by=officer
    )
    world.run = Run.objects.create(forum=world.forum, seconds=20, asked_by=officer)


def add_spare_buyer(host):
    """A buyer that turns out to be one already there."""
    buyer = Organisation.objects.create(slug="rossi-2", kind="buyer", name_en="Rossi", country="IT")
    return BuyerRecord.objects.create(organisation=buyer, host=host)


def _token(kind: str, to: str) -> str:
    body = Mail.objects.filter(to=to, body__contains=f"/{kind}/").latest("pk").body
    found = re.search(rf"/{kind}/([\w-]+)/", body)
    assert found, body
    return found.group(1)


def _floor(world: SimpleNamespace) -> None:
    officer, maker = world.people["officer"], world.people["maker"]
    day = timezone.localdate() - timedelta(days=1)
    talk = {"held_on": day, "amount": Decimal(12000), "currency": "USD"}
    world.talk = a_consultation(world.programme, world.firm, buyer_name="Verdi", by=maker, **talk)
    world.record = reach_stage(
        consultation=world.talk,
        stage="signed",
        reached_on=day,
        amount=Decimal(9000),
        currency="USD",
        evidence_note="Order",
        by=maker,
    )
    world.phone = greet_phone(device=uuid4(), by=maker, session_key="", label="Chrome · Android")
    receipt = Receipt.objects.create(
        id=uuid4(), consultation=world.talk, phone=world.phone, received_at=timezone.now()
    )
    world.conflict = FieldConflict.objects.create(
        consultation=world.talk,
        receipt=receipt,
        field="product",
        kept="rings",
        other="brooches",
        said_by=maker,
        said_at=timezone.now(),
    )
    world.batch = upload_batch(
        programme=world.programme, file_name="talks.xlsx", content=_workbook(world.firm, day), by=officer
    )
    plan_waves(programme=world.programme, by=officer)
    world.wave = Wave.objects.filter(programme=world.programme).first()
    send_wave(wave=world.wave, by=officer)
    world.follow_up = FollowUp.objects.get(firm=world.firm)
    world.follow_up_token = _token("f", world.follow_up.email)
    send_win_link(record=world.record, by=officer)
    world.win_token = _token("w", world.follow_up.email)


def _workbook(firm: Organisation, day: date) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("상담실적")
    for number, row in enumerate(
        [
            ["상담실적"],
            ["기업명", "상담일", "바이어", "국가", "상담액"],
            [firm.name_ko, str(day), "Neri", "이탈리아", 500],
        ]
    ):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def _news(world: SimpleNamespace) -> None:
    facts: dict[str, Any] = {
        "host": world.host,
        "programme": world.programme,
        "bullets": "40건의 상담\n- 첫날 20건",
        "body": "<p>{{town-fair consultation}}</p>",
        "published_at": timezone.now(),
        "by": world.people["editor"],
        "slug": "first",
    }
    world.release = create_release(title="공동관 소식", language="ko", **facts)
    facts |= {"bullets": "40 consultations\n- 20 of them on the first day"}
    create_release(title="News of the pavilion", language="en", translation_of=world.release, **facts)


def _terms(world: SimpleNamespace) -> None:
    world.gem = a_concept("gem")
    world.approved_proposal = world.gem.proposals.get(section="ko")
    world.proposal = propose(
        concept=world.gem, section="en", content={"terms": []}, by=world.people["auditor"], reason="Rare"
    )
    world.term_picture = keep_picture(upload=a_picture(), by=world.people["editor"])
    make_publication.func(ask_for(name="csv").pk)
    world.suggestion = suggest(kind="use", text="Rare", address="192.0.2.1", concept=world.gem)


def _catalogue(world: SimpleNamespace) -> None:
    """A published product with a confirmed certificate, and a draft that asks for one."""
    maker = world.people["maker"]
    world.product = published(a_product(world.firm, by=maker), by=maker)
    asked = covering.ask(product=world.product, case=world.case, by=maker)
    covering.confirm(coverage=asked, by=world.people["officer"])
    world.draft_product = a_product(world.firm, by=maker)
    world.draft_photo = a_photo(world.draft_product)
    world.coverage = covering.ask(product=world.draft_product, case=world.case, by=maker)


def _certification(world: SimpleNamespace) -> None:
    """A certificate of the maker, and a draft version whose criteria may be changed."""
    version = a_scheme(world.host, slug="eco", code="ECO", body=world.agency)
    world.scheme = version.scheme
    world.case = certified(a_case(version, firm=world.firm))
    world.certificate = world.case.certificates.get()
    world.signing_host = world.host.slug
    draft = begin_version(scheme=version.scheme, by=None)
    world.criterion = draft.criteria.get(code="nickel")
    world.limit = world.criterion.limits.get()
    world.badge = give_badge(award=world.award, by=world.people["officer"])


def _sundries(world: SimpleNamespace) -> None:
    world.job = Job.objects.create(
        kind="timetable", title="Timetable", requested_by=world.people["officer"], state="running"
    )
    world.mail = Mail.objects.filter(host_slug=world.host.slug).latest("pk")
    world.picture = default_storage.save("images/picture.txt", ContentFile(b"a picture")).removeprefix(
        "images/"
    )
    a_user(email=PERSONAS[0].email)
