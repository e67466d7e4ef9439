"""What an award means for certification: it opens a case where a scheme names the award's programme."""

from typing import Any

from bridgehead.calls.models import Award
from bridgehead.certification.actions import applying
from bridgehead.certification.models import SchemeVersion


def open_case(*, award: Award, by: Any = None, **_facts: Any) -> None:
    """A draft by the newest version in force, which the firm completes and submits."""
    versions = SchemeVersion.objects.filter(scheme__programmes=award.programme, published_at__isnull=False)
    version = versions.select_related("scheme__host").first()
    if version is not None:
        applying.open_case(version=version, firm=award.firm, award=award, by=by, markets=["EU", "KR"])
