"""The log at the stand without a network: it starts, keeps, sends once, survives what phones survive."""

import io
import json

import pytest
import segno
from playwright.sync_api import expect

from bridgehead.floor.models import Consultation, FieldConflict, Phone, Receipt, TalkPhoto
from tests.browser import ARGUMENTS, CHROMIUM
from tests.e2e.conftest import PHONE
from tests.e2e.visitor import Visitor
from tests.factories.floor import a_participant
from tests.factories.organisations import maker_of
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

#: The app's own functions, as its buttons call them.
LOG = """async ([first, count]) => {
  const { app } = await import("/static/floor/app/app.js");
  while (!app.form?.programme) await new Promise((resolve) => setTimeout(resolve, 50));  // the page is still starting
  for (let n = first; n < first + count; n += 1) {
    await app.book.save({ programme: app.slug, firm: app.form.programme.firms[0].id,
      content: { ...app.form.content(), buyer_name: `Buyer ${n}`, amount: String(n) } });
  }
  await app.show();
}"""
SYNC = """async () => {
  const { app } = await import("/static/floor/app/app.js");
  while (!app.sync) await new Promise((resolve) => setTimeout(resolve, 50));  // the page is still starting
  await app.sync.run();
}"""


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def maker(programme):
    return maker_of(a_participant(programme))


def opened(visitor):
    """In front of the log, signed in, with everything the app needs kept on the phone."""
    visitor.go("my/floor/app/")
    expect(visitor.page.locator("#work")).to_be_visible()
    visitor.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    expect(status(visitor)).to_have_attribute("data-state", "quiet")
    return visitor


def status(visitor):
    return visitor.page.locator("#status")


def all_sent(visitor):
    visitor.page.evaluate(SYNC)
    expect(status(visitor)).to_have_attribute("data-waiting", "0")
    expect(status(visitor)).to_have_attribute("data-photos", "0")


def log_by_hand(page, name):
    page.get_by_label("Buyer", exact=True).fill(name)
    page.get_by_label("Product").fill("rings")
    page.get_by_label("Amount talked about").fill("12,000")
    page.get_by_text("contract pursued").click()
    page.get_by_label("Amount pursued").fill("5000")
    page.get_by_text("hot", exact=True).click()
    page.get_by_text("Next step, country, contact").click()
    page.get_by_label("Next step", exact=True).fill("send the catalogue")
    page.get_by_role("button", name="in a week").click()
    page.get_by_role("button", name="Log it").click()


def test_entry_by_hand_without_network_is_kept_over_a_restart_and_sent_once(visit, maker):
    visitor = opened(visit(maker, phone=True))
    visitor.context.set_offline(True)
    visitor.page.reload()
    expect(visitor.page.locator("#work")).to_be_visible()
    log_by_hand(visitor.page, "Rossi")
    expect(status(visitor)).to_contain_text("1 waiting")
    visitor.page.reload()
    expect(visitor.page.locator("#entries")).to_contain_text("Rossi")
    expect(visitor.page.locator("#today")).to_have_text("1")
    assert visitor.width == PHONE["width"]
    visitor.context.set_offline(False)
    all_sent(visitor)
    talk = Consultation.objects.get()
    assert (talk.buyer_name, talk.amount, talk.temperature, talk.next_step) == (
        "Rossi",
        12000,
        "hot",
        "send the catalogue",
    )
    assert talk.stages.get().amount == 5000


def test_day_without_network_on_four_phones_with_a_killed_browser(
    visit, site, maker, programme, playwright_of, tmp_path
):
    phones = [opened(visit(maker, phone=True)) for _ in range(3)]
    fourth = opened(playwright_of(tmp_path / "fourth", maker))
    for number, visitor in enumerate([*phones, fourth]):
        visitor.context.set_offline(True)
        visitor.page.reload()
        expect(visitor.page.locator("#work")).to_be_visible()
        visitor.page.evaluate(LOG, [number * 100, 30])
        expect(status(visitor)).to_contain_text("30 waiting")
    fourth.kill()
    for visitor in phones:
        visitor.context.set_offline(False)
        all_sent(visitor)
    again = playwright_of(tmp_path / "fourth", maker)
    again.go("my/floor/app/")
    all_sent(again)
    wanted = {f"Buyer {phone * 100 + n}" for phone in range(4) for n in range(30)}
    names = list(Consultation.objects.values_list("buyer_name", flat=True))
    assert (len(names), set(names)) == (120, wanted)
    assert Receipt.objects.count() == 120


def test_lost_answer_and_restarted_server_double_nothing(visit, maker):
    visitor = opened(visit(maker, phone=True))
    lost = []

    def lose(route):
        route.fetch()  # it arrives and is answered, but the answer is lost
        lost.append(1)
        route.abort()

    visitor.page.context.route("**/sync/", lose, times=1)
    visitor.page.evaluate(LOG, [0, 5])
    visitor.page.evaluate(SYNC)
    expect(status(visitor)).to_contain_text("5 waiting")
    assert Consultation.objects.count() == 5
    visitor.page.context.route("**/sync/", lambda route: route.fulfill(status=502), times=1)
    visitor.page.evaluate(SYNC)
    all_sent(visitor)
    assert (lost, Consultation.objects.count()) == ([1], 5)


def test_same_entry_changed_on_two_phones_is_decided_field_by_field(visit, maker):
    one = opened(visit(maker, phone=True))
    one.page.evaluate(LOG, [1, 1])
    all_sent(one)
    two = opened(visit(maker, phone=True))
    for visitor, product, note in ((one, "rings", ""), (two, "brooches", "call back")):
        visitor.context.set_offline(True)
        visitor.page.get_by_role("button", name="Open Buyer 1").click()
        visitor.page.get_by_label("Product").fill(product)
        if note:
            visitor.page.get_by_text("Next step, country, contact").click()
            visitor.page.get_by_label("Note").fill(note)
        visitor.page.get_by_role("button", name="Log it").click()
        expect(status(visitor)).to_contain_text("1 waiting")
    for visitor in (one, two):
        visitor.context.set_offline(False)
        all_sent(visitor)
    talk = Consultation.objects.get()
    assert (talk.product, talk.note) == ("rings", "call back")
    conflict = FieldConflict.objects.get()
    assert (conflict.field, conflict.kept, conflict.other) == ("product", "rings", "brooches")
    two.page.get_by_role("link", name="Two phones say different things").click()
    two.page.get_by_role("button", name="brooches").click()
    two.sees("Nothing to decide")
    talk.refresh_from_db()
    assert talk.product == "brooches"


def test_lost_phone_signed_out_elsewhere_forgets_its_key_and_what_it_keeps_is_sealed(visit, maker):
    lost = opened(visit(maker, phone=True))
    lost.context.set_offline(True)
    lost.page.evaluate(LOG, [7, 1])
    kept = lost.page.evaluate("""async () => {
      const { app } = await import("/static/floor/app/app.js");
      const rows = [];
      for (const store of app.store.db.objectStoreNames)
        for (const row of await app.store.db.getAll(store))
          rows.push(JSON.stringify(row, (key, value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer
            ? new TextDecoder().decode(value) : value));
      return rows.join();
    }""")
    assert "Buyer 7" not in kept
    desk = visit(maker)
    desk.go("my/floor/phones/")
    desk.press("Sign out")
    desk.sees("signed out")
    lost.context.set_offline(False)
    lost.page.evaluate(SYNC)
    expect(lost.page.locator("#signed-out")).to_be_visible()
    expect(lost.page.locator("#work")).to_be_hidden()
    lost.page.reload()
    expect(lost.page.locator("#locked")).to_be_visible()
    assert (
        lost.page.evaluate(
            "() => import('/static/floor/app/app.js').then(({ app }) => app.store.fact('key'))"
        )
        is None
    )
    lost.context.add_cookies([lost._session(maker)])
    lost.page.reload()
    expect(lost.page.locator("#work")).to_be_visible()
    all_sent(lost)
    assert Consultation.objects.get().buyer_name == "Buyer 7"


def test_expired_session_keeps_logging_until_signed_in_again(visit, maker):
    visitor = opened(visit(maker, phone=True))
    visitor.context.clear_cookies(name="sessionid")
    visitor.page.evaluate(LOG, [1, 1])
    visitor.page.evaluate(SYNC)
    expect(visitor.page.locator("#signed-out")).to_be_visible()
    visitor.page.evaluate(LOG, [2, 1])
    visitor.context.add_cookies([visitor._session(maker)])
    all_sent(visitor)
    expect(visitor.page.locator("#signed-out")).to_be_hidden()
    assert Consultation.objects.count() == 2
    assert Phone.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_clock_wrong_by_a_day_moves_no_entry_to_another_day(visit, maker, programme, days):
    visitor = opened(visit(maker, phone=True))
    today = visitor.page.evaluate(
        "() => import('/static/floor/app/clock.js').then(({ dayAt }) => dayAt('UTC'))"
    )
    visitor.page.add_init_script(
        f"const real = Date.now; const Real = Date; const by = {days} * 86400000;"
        "Date = class extends Real { constructor(...all) { all.length ? super(...all) : super(real() + by); }"
        " static now() { return real() + by; } };"
    )
    visitor.page.reload()
    expect(visitor.page.locator("#work")).to_be_visible()
    visitor.page.evaluate(LOG, [1, 1])
    all_sent(visitor)
    talk = Consultation.objects.get()
    wrong = abs((talk.logged_at.date() - type(talk.held_on).fromisoformat(today)).days)
    assert wrong == 0
    assert abs((talk.held_on - talk.logged_at.date()).days) <= 1


def test_full_phone_sends_past_its_store_and_without_network_keeps_the_form(visit, maker):
    visitor = opened(visit(maker, phone=True))
    visitor.page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); } }"
    )
    visitor.context.set_offline(True)
    visitor.page.get_by_label("Buyer", exact=True).fill("Neri")
    visitor.page.get_by_role("button", name="Log it").click()
    expect(visitor.page.locator("#form-problem")).to_contain_text("full")
    expect(visitor.page.get_by_label("Buyer", exact=True)).to_have_value("Neri")
    visitor.context.set_offline(False)
    visitor.page.get_by_role("button", name="Log it").click()
    expect(visitor.page.get_by_label("Buyer", exact=True)).to_have_value("")
    assert Consultation.objects.get().buyer_name == "Neri"


def test_photo_of_a_card_with_a_code_fills_the_buyer_and_arrives_with_the_entry(visit, maker):
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Bianchi;Carla\nORG:Oro Fino;Buying\n"
        "TEL:+39 0444 1234\nEMAIL:carla@orofino.example\nEND:VCARD"
    )
    picture = io.BytesIO()
    segno.make(card).save(picture, kind="png", scale=8)
    visitor = opened(visit(maker, phone=True))
    visitor.context.set_offline(True)
    visitor.page.locator("#camera").set_input_files(
        {"name": "card.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    expect(visitor.page.get_by_label("Buyer", exact=True)).to_have_value("Oro Fino")
    expect(visitor.page.locator("#photo-count")).to_contain_text("1")
    visitor.page.get_by_role("button", name="Log it").click()
    expect(status(visitor)).to_contain_text("1 photos waiting")
    visitor.context.set_offline(False)
    all_sent(visitor)
    talk = Consultation.objects.get()
    assert (talk.buyer_name, talk.buyer_country) == ("Oro Fino", "IT")
    assert talk.buyer_contact == "Carla Bianchi, carla@orofino.example, +39 0444 1234"
    assert TalkPhoto.objects.get().consultation == talk


CARDS = {
    "MECARD:N:Bianchi,Carla;ORG:Oro Fino;TEL:0081312345678;EMAIL:c@o.example;;": ["Oro Fino", "JP"],
    "https://www.orofino.example/badge/42": ["orofino.example", ""],
    "Oro Fino\nCarla Bianchi\nc@o.example\n+1 212 555 0100": ["Oro Fino", ""],
}


def test_codes_of_badges_are_read_as_far_as_they_go(visit, maker):
    visitor = opened(visit(maker, phone=True))
    read = visitor.page.evaluate(
        "async (codes) => { const { readCard } = await import('/static/floor/app/card.js');"
        " return codes.map((code) => { const card = readCard(code); return [card.buyer_name, card.country]; }); }",
        list(CARDS),
    )
    assert json.dumps(read) == json.dumps(list(CARDS.values()))


def test_app_can_be_installed_and_keeps_the_strict_policy(visit, maker, site):
    visitor = opened(visit(maker, phone=True))
    manifest = visitor.page.evaluate(
        "() => fetch(document.querySelector('[rel=manifest]').href).then((answer) => answer.json())"
    )
    assert (manifest["scope"], manifest["display"]) == ("/en/my/floor/app/", "standalone")
    scope = visitor.page.evaluate("() => navigator.serviceWorker.ready.then((worker) => worker.scope)")
    assert scope == f"{site}/en/my/floor/app/"
    assert visitor.problems == []


@pytest.fixture
def playwright_of(browser, site):
    """A whole browser of its own whose data outlive it, to be killed and started again."""
    started = []

    def start(folder, user):
        context = browser.browser_type.launch_persistent_context(
            str(folder),
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport=PHONE,
            locale="en",
            timezone_id="Asia/Seoul",
        )
        context.set_default_timeout(30_000)
        visitor = Visitor(context, site, user, "en")
        started.append(context)

        def kill():
            _crash(context, visitor)
            started.remove(context)

        visitor.kill = kill
        return visitor

    yield start
    for context in started:
        context.close()


def _crash(context, visitor):
    session = context.new_cdp_session(visitor.page)
    closed = []
    context.on("close", lambda _context: closed.append(True))
    try:
        session.send("Browser.crash")
    except Exception:
        closed.append(True)
    assert closed
