"""TBX of others: version 3 in both styles, version 2, and what it holds beyond our model."""

from lxml import etree

from bridgehead.engines.termbase import Concept, Definition, Term, read, write

DCT = """<?xml version="1.0"?>
<tbx type="TBX-Linguist" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"
     xmlns:ling="http://www.tbxinfo.net/ns/linguist">
  <tbxHeader><fileDesc><sourceDesc><p>made up</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>
    <conceptEntry id="c1">
      <min:subjectField>casting</min:subjectField>
      <basic:crossReference target="c2">related</basic:crossReference>
      <langSec xml:lang="en">
        <descripGrp><basic:definition>A tree of
          waxes.</basic:definition><basic:source>ours</basic:source></descripGrp>
        <termSec><term>wax tree</term><min:partOfSpeech>noun</min:partOfSpeech>
          <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
          <ling:register>bench-levelRegister</ling:register></termSec>
        <termSec><term>sprue tree</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
      </langSec>
    </conceptEntry>
    <conceptEntry id="c2"><langSec xml:lang="ko"><termSec><term>주탑</term></termSec></langSec></conceptEntry>
  </body></text>
</tbx>""".encode()

MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>old</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="e1">
  <descrip type="subjectField">gemology</descrip>
  <transacGrp><transac type="transactionType">origination</transac><date>2010-01-01</date></transacGrp>
  <langSet xml:lang="en">
    <descripGrp><descrip type="definition">red corundum</descrip><admin type="source">ours</admin></descripGrp>
    <ntig><termGrp><term>ruby</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig>
    <tig><term>balas</term><termNote type="administrativeStatus">notRecommended</termNote>
      <termNote type="termType">variant</termNote></tig>
  </langSet>
  <langSet xml:lang="ko"><tig><term>루비</term></tig></langSet>
</termEntry></body></text></martif>""".encode()


def test_dct_is_read():
    assert read(DCT).concepts == [
        Concept(
            "c1",
            (Term("en", "wax tree", pos="noun", register="bench"), Term("en", "sprue tree", "deprecated")),
            subject="casting",
            definitions=(Definition("en", "A tree of waxes.", "ours"),),
            related=("c2",),
        ),
        Concept("c2", (Term("ko", "주탑"),)),
    ]


def test_version_2_is_read_and_what_we_do_not_hold_is_reported():
    reading = read(MARTIF)
    assert reading.concepts == [
        Concept(
            "e1",
            (Term("en", "ruby", pos="noun"), Term("en", "balas", "deprecated"), Term("ko", "루비")),
            subject="gemology",
            definitions=(Definition("en", "red corundum", "ours"),),
        )
    ]
    assert [str(warning) for warning in reading.warnings] == [
        "line 7: the history of changes (transacGrp) was not taken over",
        "line 12: “termType” was not taken over: variant",
    ]


def test_written_tbx_has_the_frame_of_its_dialect():
    for format, dialect in (("tbx-basic", "TBX-Basic"), ("tbx-linguist", "TBX-Linguist")):
        root = etree.fromstring(write(read(DCT).concepts, format).content)
        assert (root.tag, root.get("type"), root.get("style")) == (
            "{urn:iso:std:iso:30042:ed-2}tbx",
            dialect,
            "dca",
        )
        assert [etree.QName(child).localname for child in root] == ["tbxHeader", "text"]


def test_basic_has_no_category_of_linguist():
    root = etree.fromstring(write(read(DCT).concepts, "tbx-basic").content)
    assert root.xpath("//*[@type='register' or @type='reading']") == []
