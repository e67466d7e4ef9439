"""The people of the demo: one for each kind of user, all made up."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Persona:
    """`at` is a host's slug with a role, or a firm's slug without one."""

    key: str
    name: str
    what: Promise
    at: str
    role: str = ""
    language: str = "ko"

    @property
    def email(self) -> str:
        return f"{self.key}@demo.bridgehead.example"


PERSONAS = [
    Persona("jongno-officer", "김서연", _("Programme officer, Jongno District"), "jongno", "officer"),
    Persona("gyeonggi-officer", "박준호", _("Programme officer, Gyeonggi Province"), "gyeonggi", "officer"),
    Persona("kocef-operator", "이하은", _("Operator, Korea Ceramics Foundation"), "kocef", "operator"),
    Persona("iksan-officer", "최민재", _("Programme officer, City of Iksan"), "iksan", "officer"),
    Persona("jongno-finance", "정다은", _("Finance officer, Jongno District"), "jongno", "finance"),
    Persona("gyeonggi-finance", "한지우", _("Finance officer, Gyeonggi Province"), "gyeonggi", "finance"),
    Persona("kocef-finance", "노은서", _("Finance officer, Korea Ceramics Foundation"), "kocef", "finance"),
    Persona("jongno-reviewer-1", "오세훈", _("Reviewer, Jongno District"), "jongno", "reviewer"),
    Persona("jongno-reviewer-2", "윤채원", _("Reviewer, Jongno District"), "jongno", "reviewer"),
    Persona("jongno-reviewer-3", "임도윤", _("Reviewer, Jongno District"), "jongno", "reviewer"),
    Persona("jongno-auditor", "강수빈", _("Auditor, Jongno District"), "jongno", "auditor"),
    Persona("gyeonggi-editor", "조유진", _("Press editor, Gyeonggi Province"), "gyeonggi", "editor"),
    Persona("jongno-administrator", "서현우", _("Administrator, Jongno District"), "jongno", "administrator"),
    Persona(
        "fiti-evaluator", "유가람", _("Evaluator of certificates, FITI testing institute"), "fiti", "operator"
    ),
    Persona("iksan-appeals", "백도현", _("Hears appeals on certificates, City of Iksan"), "iksan", "officer"),
    Persona("soyou-maker", "문소유", _("Maker, Soyou (took part in VICENZAORO)"), "soyou"),
    Persona("onyx-maker", "배하린", _("Maker, a workshop that has not applied yet"), "onyx-atelier"),
    Persona("mwc-maker", "신재민", _("Maker, a firm at MWC 2025"), "gyeonggi-ict-01"),
    Persona(
        "iksan-08", "고은결", _("Maker at Iksan, with something to correct for a certificate"), "iksan-08"
    ),
    Persona("ceramics-20", "안다정", _("Maker with an export voucher, Teaware Room"), "ceramics-20"),
    Persona(
        "hanbit-interpreters",
        "송한별",
        _("Provider of interpretation and translation for vouchers"),
        "hanbit-interpreters",
    ),
]
BY_KEY = {persona.key: persona for persona in PERSONAS}
