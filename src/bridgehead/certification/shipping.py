"""Schemes that come with the program, as data: the criteria and limits of one JSON file become a scheme in force."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from bridgehead.certification.actions.schemes import create_scheme, publish_version
from bridgehead.certification.models import Criterion, Limit, SchemeVersion

FOLDER = Path(__file__).with_name("shipped")


@transaction.atomic
def load_scheme(*, name: str, by: Any, **where: Any) -> SchemeVersion:
    """`name` is a file of `shipped/`; `where` gives host, body and whatever is to differ. Published at once."""
    data = json.loads((FOLDER / f"{name}.json").read_text())
    criteria = data.pop("criteria")
    version = create_scheme(by=by, **{**data, **where})
    for order, fields in enumerate(criteria, start=1):
        limits = fields.pop("limits")
        criterion = Criterion.objects.create(version=version, order=order, **fields)
        Limit.objects.bulk_create(Limit(criterion=criterion, **limit) for limit in limits)
    publish_version(version=version, by=by)
    return version
