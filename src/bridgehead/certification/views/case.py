"""What a case's page shows, on the desk and to its maker alike."""

from typing import Any

from bridgehead.certification.models import Case
from bridgehead.certification.queries import criteria_of


def about(case: Case) -> dict[str, Any]:
    """Each criterion beside the maker's answer and the evaluator's finding, then everything else in order."""
    answers = {answer.criterion_id: answer for answer in case.answers.all()}
    findings = {finding.criterion_id: finding for finding in case.findings.select_related("by")}
    return {
        "case": case,
        "criteria": [
            {
                "criterion": criterion,
                "answer": answers.get(criterion.pk),
                "finding": findings.get(criterion.pk),
            }
            for criterion in criteria_of(case.version)
        ],
        "nonconformities": case.nonconformities.select_related("criterion", "by"),
        "evidence": case.evidence.select_related("attachment", "criterion", "by"),
        "decisions": case.decisions.select_related("by"),
        "surveillances": case.surveillances.select_related("by"),
        "complaints": case.complaints.select_related("handled_by"),
        "certificates": case.certificates.select_related("credential"),
        "involvements": case.involvements.select_related("person"),
    }
