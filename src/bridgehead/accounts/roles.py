"""Who may do what, as code: a role is a name, a sentence people understand, and the permissions it carries.

A membership gives one person one role at one host (organisations.HostMembership). Makers and buyers have no role:
what they may do follows from the organisation they act for.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VIEW = "programme.view"
EDIT = "programme.edit"
CALL_EDIT = "call.edit"
APPLICATION_VIEW = "application.view"
DECIDE = "application.decide"
REVIEW = "application.review"
MONEY_VIEW = "money.view"
MONEY_EDIT = "money.edit"
MONEY_APPROVE = "money.approve"
RESULTS_EDIT = "results.edit"
NEWS_EDIT = "news.edit"
TERMS_EDIT = "terms.edit"
TERMS_APPROVE = "terms.approve"
CERTIFICATION_VIEW = "certification.view"
CERTIFICATION_WORK = "certification.work"
SCHEME_EDIT = "scheme.edit"
AUDIT_VIEW = "audit.view"
MEMBERS_EDIT = "members.edit"


@dataclass(frozen=True)
class Role:
    id: str
    name: Promise
    description: Promise
    permissions: frozenset[str]


_RUN = frozenset(
    {
        VIEW,
        EDIT,
        CALL_EDIT,
        APPLICATION_VIEW,
        DECIDE,
        MONEY_VIEW,
        MONEY_EDIT,
        RESULTS_EDIT,
        CERTIFICATION_VIEW,
        CERTIFICATION_WORK,
        SCHEME_EDIT,
    }
)

ROLES: dict[str, Role] = {
    role.id: role
    for role in [
        Role(
            "officer",
            _("Officer"),
            _("Runs the host's programmes from call to results, and approves terms of the dictionary."),
            _RUN | {TERMS_EDIT, TERMS_APPROVE},
        ),
        Role(
            "operator",
            _("Operator"),
            _("Runs, at an entrusted agency, the programmes delegated to it."),
            _RUN,
        ),
        Role(
            "finance",
            _("Finance officer"),
            _("Sees budgets and support per firm, and approves payments."),
            frozenset({VIEW, MONEY_VIEW, MONEY_EDIT, MONEY_APPROVE}),
        ),
        Role(
            "reviewer",
            _("Reviewer"),
            _("Scores the applications assigned, and sees nothing else."),
            frozenset({REVIEW}),
        ),
        Role(
            "editor",
            _("Editor"),
            _("Writes and publishes news, and works on the dictionary."),
            frozenset({VIEW, NEWS_EDIT, TERMS_EDIT}),
        ),
        Role(
            "auditor",
            _("Auditor"),
            _("Reads everything of the host, with the audit trail, and changes nothing."),
            frozenset({VIEW, APPLICATION_VIEW, MONEY_VIEW, CERTIFICATION_VIEW, AUDIT_VIEW}),
        ),
        Role(
            "administrator",
            _("Administrator"),
            _(
                "Manages the host's people and their roles, approves terms of the dictionary, and reads the audit trail."
            ),
            frozenset({VIEW, MEMBERS_EDIT, AUDIT_VIEW, TERMS_EDIT, TERMS_APPROVE}),
        ),
    ]
}
CHOICES = [(role.id, role.name) for role in ROLES.values()]


def roles_with(permission: str) -> list[str]:
    """The ids of the roles that carry a permission."""
    return [role.id for role in ROLES.values() if permission in role.permissions]
