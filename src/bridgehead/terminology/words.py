"""What the engine's codes are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.engines.termbase import Why

WHY: dict[Why, Promise] = {
    Why.EXACT: _("as typed"),
    Why.SPELLING: _("the same but for spaces, capitals or accents"),
    Why.HANJA: _("by its hanja"),
    Why.ROMANISATION: _("by its romanisation"),
    Why.KEYBOARD: _("typed with the keyboard in the other language"),
    Why.INITIALS: _("by its initial consonants"),
    Why.PREFIX: _("begins like this"),
    Why.HALF_TYPED: _("begins like this"),
    Why.INITIALS_PREFIX: _("its initial consonants begin like this"),
    Why.ROMANISATION_PREFIX: _("its romanisation begins like this"),
    Why.KEYBOARD_PREFIX: _("typed with the keyboard in the other language"),
    Why.SOUND: _("sounds like this"),
    Why.WORDS: _("has these words"),
    Why.INSIDE: _("contains this"),
    Why.INITIALS_INSIDE: _("contains these initial consonants"),
    Why.TYPO: _("spelled almost like this"),
    Why.SOUND_TYPO: _("sounds almost like this"),
}
PARTS_OF_SPEECH: dict[str, Promise] = {
    "noun": _("noun"),
    "verb": _("verb"),
    "adjective": _("adjective"),
    "adverb": _("adverb"),
    "properNoun": _("proper noun"),
    "other": _("other"),
}
GENDERS: dict[str, Promise] = {
    "masculine": _("masculine"),
    "feminine": _("feminine"),
    "neuter": _("neuter"),
    "other": _("other"),
}
RELATIONS: dict[str, Promise] = {
    "broader": _("Broader"),
    "narrower": _("Narrower"),
    "related": _("Related"),
    "see_also": _("See also"),
}


def part_of_speech(code: str) -> str:
    return str(PARTS_OF_SPEECH.get(code, code))


def gender(code: str) -> str:
    return str(GENDERS.get(code, code))
