"""Form controls that Django does not bring: a table, and a file that may be stored already."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

#: Empty rows under the filled ones, for readers without scripts; scripts show them one by one.
SPARE_ROWS = 3
#: Dots cannot be part of a question's key, so these names meet no other.
REMOVE = ".remove"
STORED = ".stored"


@dataclass(frozen=True)
class Given:
    """What a form posts about a file: a new upload, the id of one that arrived in parts, a wish to remove."""

    upload: Any
    stored: str
    remove: bool


class TableWidget(forms.Widget):
    """Rows of text cells named `<name>.<row>.<column>`. With `rows` their number is fixed."""

    template_name = "questions/widgets/table.html"
    use_fieldset = True

    def __init__(self, columns: list[dict[str, str]], *, rows: int | None = None) -> None:
        super().__init__()
        self.columns, self.rows = columns, rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        filled = value if isinstance(value, list) else []
        count = self.rows or len(filled) + SPARE_ROWS
        identifier = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"] |= {
            "columns": self.columns,
            "fixed": self.rows is not None,
            "table_rows": [
                self._cells(name, identifier, row, filled[row] if row < len(filled) else {})
                for row in range(max(count, len(filled)))
            ],
        }
        return context

    def _cells(self, name: str, identifier: str, row: int, filled: Mapping[str, str]) -> list[dict[str, str]]:
        return [
            {
                "name": f"{name}.{row}.{column['key']}",
                # The error summary links to the first control of a group by this name.
                "id": f"{identifier}_{row}" if index == 0 else f"{identifier}_{row}_{column['key']}",
                "label": column["label"],
                "value": filled.get(column["key"], ""),
            }
            for index, column in enumerate(self.columns)
        ]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        pattern = re.compile(rf"{re.escape(name)}\.(\d{{1,4}})\.(.+)")
        rows: dict[int, dict[str, str]] = {}
        for key in data:
            if match := pattern.fullmatch(key):
                rows.setdefault(int(match[1]), {})[match[2]] = data[key]
        return [rows[number] for number in sorted(rows)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}.") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class FileWidget(forms.FileInput):
    """Shows the stored file with a tick to remove it, and where an upload in parts stands.

    Which stored ids a browser may name is decided by the field: only those it has just uploaded for this question.
    """

    template_name = "questions/widgets/file.html"
    needs_multipart_form = True

    def __init__(
        self, *, stored: Any = None, fresh: bool = False, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.stored, self.fresh = stored, fresh

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {
            "stored": self.stored,
            "fresh": self.fresh,
            "remove_name": f"{name}{REMOVE}",
            "stored_name": f"{name}{STORED}",
        }
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Given:
        return Given(files.get(name), str(data.get(f"{name}{STORED}", "")), f"{name}{REMOVE}" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False
