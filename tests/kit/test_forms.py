"""Plain Django forms, rendered by the house's renderer."""

from html.parser import HTMLParser

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import translation

from bridgehead.kit.forms import ExampleForm


class Elements(HTMLParser):
    """Every element of a page as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.found if attrs.get("name") == name]

    def one(self, name: str) -> dict[str, str | None]:
        [(_, attrs)] = self.named(name)
        return attrs

    def with_id(self, identifier: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attrs) for tag, attrs in self.found if attrs.get("id") == identifier]


def test_text_field_has_label_class_and_help_text_it_points_to():
    elements = Elements(str(ExampleForm()))
    assert elements.one("firm") == {
        "type": "text",
        "name": "firm",
        "class": "krds-input medium",
        "required": None,
        "aria-describedby": "id_firm_helptext",
        "id": "id_firm",
    }
    assert ("label", {"for": "id_firm"}) in elements.found
    assert len(elements.with_id("id_firm_helptext")) == 1


def test_date_and_time_fields_use_native_pickers():
    elements = Elements(str(ExampleForm()))
    assert elements.one("founded")["type"] == "date"
    assert elements.one("call_at")["type"] == "datetime-local"


def test_date_and_time_values_are_written_as_the_pickers_read_them_in_both_languages():
    for language in ("ko", "en"):
        with translation.override(language):
            form = ExampleForm(
                initial={
                    "founded": _date("2001-02-03"),
                    "call_at": forms.DateTimeField().clean("2026-01-16 09:30"),
                }
            )
            elements = Elements(str(form))
        assert elements.one("founded")["value"] == "2001-02-03"
        assert elements.one("call_at")["value"] == "2026-01-16 09:30"


def _date(text: str):
    return forms.DateField().clean(text)


def test_what_a_datetime_picker_sends_is_understood():
    form = ExampleForm({"call_at": "2026-01-16T09:30"})
    form.is_valid()
    assert form.cleaned_data["call_at"].isoformat() == "2026-01-16T09:30:00+09:00"


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = str(ExampleForm()["trades"].as_field_group())
    elements = Elements(html)
    assert [tag for tag, _ in elements.found][:2] == ["fieldset", "legend"]
    assert elements.found[0][1]["aria-describedby"] == "id_trades_helptext"
    assert [attrs["id"] for _, attrs in elements.named("trades")] == [
        "id_trades_0",
        "id_trades_1",
        "id_trades_2",
    ]
    assert ("label", {"for": "id_trades_2"}) in elements.found


def test_check_box_stands_before_its_label():
    elements = Elements(ExampleForm()["consent"].as_field_group())
    tags = [tag for tag, _ in elements.found]
    assert tags.index("input") < tags.index("label")


def test_field_with_an_error_says_so_and_points_to_the_message():
    form = ExampleForm({"firm": ""})
    elements = Elements(str(form))
    firm = elements.one("firm")
    assert firm["aria-invalid"] == "true"
    assert firm["aria-describedby"] == "id_firm_helptext id_firm_error"
    assert len(elements.with_id("id_firm_error")) == 1


def test_error_summary_links_to_each_wrong_field():
    form = ExampleForm(
        {"firm": "", "email": "a@b.kr", "region": "iksan", "trades": ["ict"], "freight": "", "consent": "on"}
    )
    elements = Elements(str(form))
    links = [attrs["href"] for tag, attrs in elements.found if tag == "a"]
    assert links == ["#id_firm", "#id_freight_0"]
    for link in links:
        assert len(elements.with_id(link[1:])) == 1


def test_error_of_the_whole_form_is_in_the_summary():
    form = ExampleForm({})
    form.add_error(None, "Too late.")
    assert "<li>Too late.</li>" in str(form)


def test_untouched_form_has_no_error_summary():
    assert "data-error-summary" not in str(ExampleForm())


def test_class_of_the_widget_is_kept_beside_ours_once():
    class Special(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "bh-num", "data-x": "1"}))

    html = Special()["name"].as_widget()
    assert Elements(html).one("name")["class"] == "krds-input medium bh-num"
    assert html.count("class=") == 1


def test_hidden_field_has_no_frame():
    class Secret(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="x")

    elements = Elements(str(Secret()))
    assert elements.one("token") == {"type": "hidden", "name": "token", "value": "x", "id": "id_token"}
    assert "label" not in [tag for tag, _ in elements.found]


def test_select_and_several_at_once():
    class Choose(forms.Form):
        one = forms.ChoiceField(choices=[("a", "A")])
        many = forms.MultipleChoiceField(choices=[("Group", [("a", "A")])])

    elements = Elements(str(Choose()))
    assert elements.one("one")["class"] == "krds-form-select medium"
    assert elements.one("many")["class"] == "krds-input bh-multiselect"
    assert ("optgroup", {"label": "Group"}) in elements.found


def test_kept_file_is_linked_and_can_be_removed():
    class Attach(forms.Form):
        paper = forms.FileField(required=False)

    kept = FieldFile(instance=None, field=models.FileField(name="paper"), name="paper.pdf")
    elements = Elements(str(Attach(initial={"paper": kept})))
    assert elements.one("paper")["type"] == "file"
    assert elements.one("paper-clear")["type"] == "checkbox"
    assert ("label", {"for": "paper-clear_id"}) in elements.found
    assert [attrs["href"] for tag, attrs in elements.found if tag == "a"] == ["/media/paper.pdf"]


def test_what_people_typed_is_escaped():
    html = str(ExampleForm({"firm": '"><script>alert(1)</script>', "plan": "</textarea><b>"}))
    assert "<script>" not in html
    assert "<b>" not in html
