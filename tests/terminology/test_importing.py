"""Whole termbases: proposed or approved, all or nothing, and nothing twice."""

import pytest

from bridgehead.audit.models import Entry
from bridgehead.engines import termbase
from bridgehead.terminology import shipped
from bridgehead.terminology.actions.importing import import_concepts
from bridgehead.terminology.models import Concept, Definition, Proposal, Reference, SearchKey, Stamp, Term
from bridgehead.terminology.queries.concepts import all_as_engine
from tests.factories.organisations import a_user
from tests.factories.terminology import a_concept, said, taken

pytestmark = pytest.mark.django_db


def test_import_without_approval_only_proposes():
    report = taken(said("gem", ko="보석", en="gemstone"), approve=False)
    assert (report.new, report.changed, report.unchanged) == (["gem"], [], 0)
    assert list(Proposal.objects.order_by("section").values_list("section", "state")) == [
        ("", "proposed"),
        ("en", "proposed"),
        ("ko", "proposed"),
    ]
    assert Term.objects.count() == 0
    assert list(Concept.objects.values_list("code", "is_approved")) == [("gem", False)]


def test_import_with_approval_is_public_at_once():
    taken(
        said(
            "gem",
            ko=["보석", ("호세키", "deprecated")],
            ko_definition="아름다운 광물",
            notes={"ko": "설명"},
            broader=("mineral",),
            subject="gemology.species",
        )
    )
    concept = Concept.objects.get()
    assert (concept.is_approved, concept.subject, concept.notes) == (True, "gemology.species", {"ko": "설명"})
    assert list(Term.objects.values_list("text", "status", "initial")) == [
        ("보석", "preferred", "ㅂ"),
        ("호세키", "deprecated", "ㅎ"),
    ]
    assert list(Definition.objects.values_list("lang", "text")) == [("ko", "아름다운 광물")]
    assert list(Reference.objects.values_list("kind", "target")) == [("broader", "mineral")]


def test_import_again_changes_nothing():
    taken(said("gem", ko="보석"))
    before = Stamp.objects.get().number
    report = taken(said("gem", ko="보석"))
    assert (report.new, report.changed, report.unchanged, report.changes) == ([], [], 1, [])
    assert Stamp.objects.get().number == before
    assert Proposal.objects.count() == 2


def test_import_leaves_languages_it_does_not_name():
    taken(said("gem", ko="보석", en="gemstone"))
    report = taken(said("gem", ko="보옥"))
    assert report.changed == ["gem"]
    assert list(Term.objects.values_list("lang", "text")) == [("en", "gemstone"), ("ko", "보옥")]


def test_import_replaces_the_keys_of_a_changed_language():
    taken(said("gem", ko="보석", en="gemstone"))
    taken(said("gem", ko="옥"))
    assert set(SearchKey.objects.filter(kind="initial").values_list("key", flat=True)) == {"ㅇ"}
    assert SearchKey.objects.filter(term__text="gemstone", kind="key").count() == 1


def test_dry_run_writes_nothing():
    report = import_concepts(concepts=[said("gem", ko="보석")], by=None, approve=True, dry_run=True)
    assert (report.new, report.dry_run) == (["gem"], True)
    assert (Concept.objects.count(), Proposal.objects.count()) == (0, 0)


def test_import_with_one_term_too_long_keeps_nothing():
    concepts = [said("good", ko="금"), said("bad", ko="가" * 501)]
    with pytest.raises(termbase.TermbaseError, match=r"“bad”: text .* longer than 500"):
        taken(*concepts)
    assert Concept.objects.count() == 0


def test_import_replaces_a_waiting_proposal():
    taken(said("gem", ko="보석"), approve=False)
    taken(said("gem", ko="보옥"), approve=False)
    found = (
        Proposal.objects.filter(section="ko").order_by("pk").values_list("state", "content__terms__0__term")
    )
    assert list(found) == [("replaced", "보석"), ("proposed", "보옥")]


def test_import_is_in_the_trail():
    user = a_user()
    taken(said("gem", ko="보석"), by=user)
    entry = Entry.objects.get(verb="termbase.import")
    assert (entry.actor_id, entry.data["new"], entry.data["approved"]) == (user.pk, 1, True)


def test_what_is_stored_is_what_came():
    term = termbase.Term(
        *("ko", "난집", "preferred", "noun", "", "nanjip", "", "nanjip", "bench", "origin", "Jongno"),
        *("note", "source", "context"),
    )
    concept = said(
        "setting",
        terms=[term],
        en="setting",
        en_definition="metal that holds a stone",
        notes={"ko": "비고"},
        related=("bezel", "prong"),
        see_also=("stone",),
        images=("https://example.org/a.png",),
        uri="https://example.org/setting",
        subject="manufacturing.setting",
        extra={"old": 1},
    )
    taken(concept)
    [found] = all_as_engine()
    assert termbase.to_dict(found) | {"terms": 0} == termbase.to_dict(concept) | {"terms": 0}
    assert set(found.terms) == set(concept.terms)


def test_shipped_termbase_loads_once_and_leaves_what_editors_changed(monkeypatch):
    monkeypatch.setattr(shipped, "shipped_concepts", lambda: (said("gem", ko="보석", en="gemstone"),))
    assert shipped.load().new == ["gem"]
    assert shipped.load().changes == []
    taken(said("gem", ko="보옥"))
    assert shipped.load().changes == []
    assert Term.objects.get(lang="ko").text == "보옥"


def test_a_concept_of_the_factory_is_approved():
    assert a_concept().is_approved
