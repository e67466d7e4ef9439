"""Runs in the worker: how far they are, stopped by hand, failed, and compared."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.comparing import lines, name_of
from bridgehead.matchmaking.models import Run, Timetable
from bridgehead.matchmaking.progress import told
from bridgehead.matchmaking.queries import runs_of
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import a_user, staff
from tests.matchmaking.test_drafts import a_draft
from tests.matchmaking.test_pages import a_full_forum, an_officer, queries, signed_in, url

pytestmark = pytest.mark.django_db


def a_run(forum, **fields) -> Run:
    fields.setdefault("seconds", 2)
    return Run.objects.create(forum=forum, **fields)


def an_asked_forum():
    forum = a_forum()
    a_wish(a_buyer_party(forum), a_firm_party(forum), 3)
    return forum


def test_run_ends_with_a_draft_of_its_goal():
    run = actions.carry_out(a_run(an_asked_forum(), goal="compact"))
    run.refresh_from_db()
    assert (run.state, run.timetable.goal, run.timetable.number, run.is_over) == ("done", "compact", 1, True)


def test_run_without_wishes_fails_in_words():
    run = a_run(a_forum())
    with pytest.raises(actions.NothingToPlan):
        actions.carry_out(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.error.startswith("Nobody who takes part wishes")


def test_run_stopped_by_hand_keeps_the_best_and_says_so():
    run = a_run(an_asked_forum(), seconds=600)
    for _ in range(2):
        actions.stop_run(run=run, by=None)
    run = actions.carry_out(run)
    assert (run.state, run.timetable.meetings.count()) == ("stopped", 1)


def test_progress_is_told_in_words_with_the_distance_to_the_bound():
    run = a_run(a_forum(), seconds=10)
    run.progress = {
        "seconds": 4,
        "level": 1,
        "levels": 2,
        "terms": {"value": 1},
        "best": 90,
        "bound": 100,
        "gap": 0.111,
    }
    run.trail = [[1, 1, 80, 110], [4, 1, 90, 100]]
    words = told(run, timezone.now())
    assert (words.percent, words.step, words.best, words.bound, words.gap) == (
        40,
        "Step 1 of 2: Points of wishes",
        "90",
        "100",
        "11.10 %",
    )
    assert words.points["best"] == "0.0,28.0 100.0,19.3"
    assert told(run, timezone.now() + timedelta(minutes=1)).silent


def test_best_of_each_column_is_marked_and_equal_ones_are_not():
    draft = a_draft(2, 2)
    actions.copy_timetable(timetable=draft, by=None)
    assert not any(value.best for line in lines(list(runs_of(draft.forum))) for value in line.values)
    actions.drop_meeting(meeting=draft.meetings.first(), by=None)
    copy, first = lines(list(runs_of(draft.forum)))
    assert (copy.values[0].text, copy.values[0].best) == ("4 / 4", True)
    assert (first.values[0].text, first.values[0].best) == ("3 / 4", False)


def test_timetables_are_named_by_version_once_published():
    draft = a_draft(1, 1)
    assert name_of(draft) == "Draft 1"
    assert name_of(actions.publish(timetable=draft, by=None)) == "Version 1"


def test_number_of_a_timetable_is_given_once_per_forum():
    draft = a_draft(1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Timetable.objects.create(forum=draft.forum, number=draft.number, status="optimal")


def test_runs_page_shows_what_is_under_way_and_compares_two():
    forum, _firms, _buyers = a_full_forum(2)
    a_timetable(forum, goal="compact")
    client, slug = an_officer(forum), forum.programme.slug
    one, other = forum.timetables.order_by("number")
    page = client.get(url("runs", slug), {"one": one.pk, "other": other.pk}).content.decode()
    assert "From Version 1 to Draft 2" in page
    assert "<svg" in page
    run = a_run(forum, state="running", heard_at=timezone.now())
    assert "Stop and keep the best" in client.get(url("runs", slug)).content.decode()
    live = client.get(url("runs_live", slug), {"count": 1})
    assert (live.status_code, live.get("HX-Refresh")) == (200, None)
    client.post(url("stop_run", slug, run.pk))
    run.refresh_from_db()
    assert run.stop_asked_at is not None
    Run.objects.update(state="done")
    assert client.get(url("runs_live", slug), {"count": 1})["HX-Refresh"] == "true"


def test_runs_page_asks_as_often_for_three_timetables_as_for_two():
    counts = []
    for copies in (1, 2):
        forum, _firms, _buyers = a_full_forum(copies)
        for _ in range(copies):
            actions.copy_timetable(timetable=Timetable.objects.get(forum=forum, version=1), by=None)
            a_run(forum, state="running", asked_by=a_user())
        counts.append(queries(an_officer(forum), url("runs", forum.programme.slug)))
    assert counts[0] == counts[1]


def test_board_of_a_draft_asks_as_often_for_three_parties_as_for_one():
    counts = []
    for count in (1, 3):
        draft = a_draft(count, count)
        slug, client = draft.forum.programme.slug, an_officer(draft.forum)
        meeting = draft.meetings.first()
        pair = f"{meeting.firm_id}-{meeting.buyer_id}"
        counts.append(
            [
                queries(client, f"{url('timetable', slug)}?timetable={draft.pk}"),
                queries(client, url("board_check", slug, draft.pk, pair)),
                queries(client, url("board_place", slug, draft.pk, pair)),
            ]
        )
    assert counts[0] == counts[1]


def test_check_tells_every_cell_and_the_change_answers_with_the_board():
    draft = a_draft(1, 1)
    slug, client, meeting = draft.forum.programme.slug, an_officer(draft.forum), draft.meetings.get()
    pair, last = f"{meeting.firm_id}-{meeting.buyer_id}", draft.forum.slots.last()
    verdicts = client.get(url("board_check", slug, draft.pk, pair)).json()
    assert verdicts["cells"][f"{last.pk}:f{meeting.firm_id}"] == ""
    form = {"do": "move", "pair": pair, "slot": last.pk, "column": f"t{meeting.table_id}", "revision": 0}
    moved = client.post(url("board_change", slug, draft.pk), form, headers={"X-Board": "1"})
    assert (moved.status_code, b"Moved:" in moved.content) == (200, True)
    late = client.post(url("board_change", slug, draft.pk), form, headers={"X-Board": "1"})
    assert (late.status_code, b"Somebody else has changed this draft" in late.content) == (422, True)
    without_script = client.post(url("board_change", slug, draft.pk), {"do": "undo"})
    assert without_script.status_code == 302
    assert draft.meetings.get().slot_id == meeting.slot_id


@pytest.mark.parametrize("pair", ["x", "1", "999999-999998"])
def test_pair_that_is_none_is_not_found(pair):
    draft = a_draft(1, 1)
    slug, client = draft.forum.programme.slug, an_officer(draft.forum)
    assert client.get(url("board_check", slug, draft.pk, pair)).status_code == 404
    change = {"do": "move", "pair": pair, "slot": draft.forum.slots.last().pk}
    assert client.post(url("board_change", slug, draft.pk), change).status_code == 404


def test_everything_by_hand_without_a_script():
    draft = a_draft(1, 2)
    slug, client = draft.forum.programme.slug, an_officer(draft.forum)
    meeting = draft.meetings.first()
    pair = f"{meeting.firm_id}-{meeting.buyer_id}"
    page = client.get(url("board_place", slug, draft.pk, pair)).content.decode()
    assert "where it is now" in page
    assert "Swap with another meeting" in page
    for do in ("pin", "drop"):
        client.post(url("board_change", slug, draft.pk), {"do": do, "pair": pair})
    assert (draft.meetings.count(), draft.forum.pins.count()) == (1, 1)
    client.post(url("board_change", slug, draft.pk), {"do": "unpin", "pair": pair})
    client.post(
        url("board_change", slug, draft.pk),
        {"do": "move", "pair": pair, "slot": draft.forum.slots.last().pk},
    )
    assert (draft.meetings.count(), draft.forum.pins.count()) == (2, 0)
    assert client.post(url("board_change", slug, draft.pk), {"do": "burn"}).status_code == 404
    client.post(url("label_timetable", slug, draft.pk), {"label": "for the mayor"})
    assert "for the mayor" in client.get(url("runs", slug)).content.decode()
    client.post(url("copy_timetable", slug, draft.pk))
    client.post(url("discard_timetable", slug, draft.pk))
    assert list(draft.forum.timetables.values_list("number", flat=True)) == [2]


def test_officer_who_publishes_over_another_is_told_and_sees_what_would_change():
    forum, _firms, _buyers = a_full_forum(1)
    slug, client = forum.programme.slug, an_officer(forum)
    first = forum.timetables.get()
    mine, theirs = (actions.copy_timetable(timetable=first, by=None) for _ in range(2))
    actions.publish(timetable=theirs, by=staff(forum.programme.host, name="Lee"), over=first.stamp)
    answer = client.post(url("publish", slug, mine.pk), {"over": first.stamp, "revision": 0}, follow=True)
    page = answer.content.decode()
    assert "Meanwhile version 2" in page
    assert "What publishing would change against version 2" in page


def test_makers_and_strangers_find_no_board():
    draft = a_draft(1, 1)
    slug = draft.forum.programme.slug
    for client in (signed_in(a_user()), an_officer(a_forum())):
        assert [client.get(url(name, slug)).status_code for name in ("runs", "runs_live")] == [404, 404]
        assert client.get(url("board_check", slug, draft.pk, "1-2")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_site_answers_and_saves_wishes_while_the_engine_thinks():
    """Every half second of a computation a page is read and a wish saved; no transaction stays open meanwhile."""
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(buyer, firm)
    client = Client()
    client.force_login(staff(forum.programme.host))
    seen = []

    def tell(_seconds, _latest):
        held = connection.in_atomic_block
        page = client.get(reverse("matchmaking:desk", args=[forum.programme.slug]))
        actions.set_wishes(party=firm, wishes={buyer.pk: 1 + len(seen) % 3}, by=None)
        seen.append((held, page.status_code))
        return True

    actions.compute(forum=forum, by=None, time_limit=3, threads=1, tell=tell)
    assert set(seen) == {(False, 200)}
    assert firm.wishes.get().strength in {1, 2, 3}
