"""Products out of workbooks: rows explained, all or none, and the same file twice enters nothing the second time."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.catalogue import lists, worksheet
from bridgehead.catalogue.actions.importing import RowsRefused, import_products
from bridgehead.catalogue.models import Product
from bridgehead.organisations.queries import firms
from tests.factories.calls import an_award
from tests.factories.catalogue import a_product, published
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
HEADINGS = ["기업명", "사업자등록번호", "품번", "제품명", "영문명", "분류", "소재", "최저가", "최고가", "통화", "가격 조건", "월 생산량", "납기", "HS 코드", "제품설명"]  # fmt: skip
GOOD = ["", "", "A-1", "은반지", "Silver ring", "반지", "은 925, 진주", "1,200", "1500", "USD", "FOB", "30", "14", "7113.11.0000", "손으로 만든 반지"]  # fmt: skip


def sheet(*rows, headings=HEADINGS):
    out = io.StringIO()
    csv.writer(out).writerows([["제품 목록"], headings, *rows])
    return out.getvalue().encode("utf-8-sig")


def row(owner=None, **cells):
    names = {"firm": 0, "number": 1, "code": 2, "name": 3, "category": 5, "materials": 6, "low": 7, "high": 8, "currency": 9, "basis": 10, "capacity": 11, "hs": 13}  # fmt: skip
    found = list(GOOD)
    if owner is not None:
        found[0] = owner.name_ko
    for name, value in cells.items():
        found[names[name]] = value
    return found


def enter(content, partial=False):
    return import_products(firms=firms(), content=content, partial=partial, by=None)


def test_good_row_becomes_a_draft_with_everything_it_says():
    firm = a_firm()
    assert enter(sheet(row(firm))) == 1
    product = Product.objects.get()
    said = (
        product.firm,
        product.code,
        product.name_en,
        product.category,
        product.price_max,
        product.currency,
    )
    assert said == (firm, "A-1", "Silver ring", "rings", 1500, "USD")
    assert (product.price_basis, product.capacity, product.lead_time) == ("fob", 30, 14)
    assert (product.hs_code, product.state) == ("7113110000", "draft")
    assert [made.material for made in product.made_of.all()] == ["silver-925", "pearl"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"code": ""}, "품번"),
        ({"name": ""}, "제품명"),
        ({"category": "우주선"}, "분류"),
        ({"materials": "은 925, 크립토나이트"}, "소재"),
        ({"low": "많이"}, "최저가"),
        ({"low": "", "high": "10"}, "가격(최저)"),
        ({"high": "10"}, "가격(최고)"),
        ({"basis": ""}, "가격 조건"),
        ({"basis": "CIF"}, "가격 조건"),
        ({"hs": "71"}, "HS 코드"),
        ({"capacity": "-1"}, "월 생산량"),
        ({"firm": "없는공방"}, "기업명"),
        ({"number": "123-45-67890"}, "사업자등록번호"),
    ],
)
def test_bad_row_is_refused_by_its_number_and_nothing_is_entered(cells, column):
    firm = a_firm()
    content = sheet(row(firm, code="A-0"), row(firm, **cells))
    plan = worksheet.plan_import(firms=firms(), content=content)
    assert [(one.row, one.column.replace(" ", "")) for one in plan.refused] == [(4, column.replace(" ", ""))]
    assert all(one.why and one.mend for one in plan.refused)
    with pytest.raises(RowsRefused):
        enter(content)
    assert not Product.objects.exists()
    assert enter(content, partial=True) == 1


def test_firm_of_the_same_name_is_told_apart_by_its_number():
    one, two = (a_firm(name_ko="같은공방") for _number in range(2))
    assert [refusal.row for refusal in _refused(row(one))] == [3]
    assert enter(sheet(row(two, number=two.business_number))) == 1
    assert Product.objects.get().firm == two


def _refused(*rows):
    return worksheet.plan_import(firms=firms(), content=sheet(*rows)).refused


def test_same_number_with_other_contents_is_refused_and_a_repeated_row_is_not():
    firm = a_firm()
    assert [refusal.row for refusal in _refused(row(firm), row(firm, name="금반지"))] == [4]
    plan = worksheet.plan_import(firms=firms(), content=sheet(row(firm), row(firm)))
    assert (len(plan.entries), plan.repeated, plan.refused) == (1, [(4, 3)], [])


def test_what_is_recorded_is_never_changed_and_the_difference_is_told():
    firm = a_firm()
    enter(sheet(row(firm)))
    plan = worksheet.plan_import(firms=firms(), content=sheet(row(firm, name="금반지")))
    assert [(one.row, one.changed) for one in plan.known] == [(3, True)]
    assert enter(sheet(row(firm, name="금반지"))) == 0
    assert Product.objects.get().name_ko == "은반지"


def test_firm_may_be_left_out_by_a_maker_of_one():
    firm = a_firm()
    a_firm()
    own = firms().filter(pk=firm.pk)
    assert import_products(firms=own, content=sheet(row()), partial=False, by=maker_of(firm)) == 1
    with pytest.raises(RowsRefused):
        enter(sheet(row(code="B")))


codes = st.lists(st.integers(1, 6), min_size=1, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=codes, second=codes)
def test_importing_again_enters_only_what_is_new(db, first, second):
    firm = a_firm()
    own = firms().filter(pk=firm.pk)

    def take(numbers):
        content = sheet(*(row(code=f"A-{number}") for number in numbers))
        return import_products(firms=own, content=content, partial=False, by=None)

    assert take(first) == len(set(first))
    assert take(first) == 0
    assert take(second) == len(set(second) - set(first))
    assert firm.products.count() == len({*first, *second})


def test_command_reports_in_json_and_changes_nothing_when_dry(tmp_path, capsys):
    firm = a_firm()
    file = tmp_path / "products.csv"
    file.write_bytes(sheet(row(firm), row(firm, code="A-2", hs="71")))
    with pytest.raises(SystemExit) as ended:
        call_command("import", "products", str(file), "--dry-run", "--json", "--lang", "en")
    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert (told["rows"], told["imported"], told["dry_run"]) == (1, 0, True)
    assert [(one["row"], one["value"]) for one in told["rejected"]] == [(4, "71")]
    assert not Product.objects.exists()


def test_command_may_be_narrowed_to_a_programme(tmp_path, capsys):
    award = an_award()
    file = tmp_path / "products.csv"
    file.write_bytes(sheet(row(award.firm)))
    call_command("import", "products", str(file), "--programme", award.programme.slug, "--json")
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    call_command("import", "products", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["duplicates"][0]["row"] == 3


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_exported_is_taken_back_unchanged(client, language):
    award = an_award()
    published(a_product(award.firm, price_min=10, price_max=12, currency="EUR", price_basis="retail", hs_code="711311",
                        capacity=5, minimum_order=2, lead_time=0, materials=["gold-18k", "pearl"]))  # fmt: skip
    client.force_login(staff(award.programme.host))
    content = client.get(f"/{language}/desk/products/export.xlsx").content
    plan = worksheet.plan_import(firms=firms(), content=content)
    assert (plan.refused, plan.entries, [one.changed for one in plan.known]) == ([], [], [False])


def test_formulas_are_text_in_the_export(client):
    award = an_award()
    a_product(award.firm, name_ko='=HYPERLINK("http://evil.example","x")', code="=1+1")
    client.force_login(staff(award.programme.host))
    content = client.get("/en/desk/products/export.xlsx").content
    plan = worksheet.plan_import(firms=firms(), content=content)
    assert (plan.refused, len(plan.known)) == ([], 1)


def test_page_previews_then_enters(client):
    award = an_award()
    client.force_login(maker_of(award.firm))
    upload = io.BytesIO(sheet(row(), row(code="A-2")))
    upload.name = "products.csv"
    shown = client.post("/en/my/products/import/", {"file": upload})
    assert [entry.row for entry in shown.context["entries"]] == [3, 4]
    assert not Product.objects.exists()
    kept = shown.context["kept"]
    assert client.post("/en/my/products/import/enter/", {"kept": kept}).status_code == 302
    assert Product.objects.count() == 2
    assert client.post("/en/my/products/import/enter/", {"kept": kept}).status_code == 404


def test_file_that_is_no_table_is_explained(client):
    client.force_login(maker_of(a_firm()))
    upload = io.BytesIO(b"%PDF-1.7")
    upload.name = "products.pdf"
    shown = client.post("/en/my/products/import/", {"file": upload})
    assert shown.status_code == 422
    assert shown.context["form"].errors["file"]


def test_every_word_of_the_lists_is_taken():
    for entry in lists.materials().values():
        assert worksheet._materials(f"{entry.ko}, {entry.en}") == ([entry.code], [])
