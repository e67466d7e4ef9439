"""What each reason against a certificate says to people, in their language. The engine's codes never change."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bridgehead.engines.credentials.reasons import Code

REASONS: dict[Code, Promise] = {
    Code.NOT_JSON: _("This is not a signed certificate: it is not JSON."),
    Code.DUPLICATE_KEY: _("A name appears twice in the file, so readers would disagree about it."),
    Code.TOO_LARGE: _("The file is larger than a certificate can be."),
    Code.TOO_DEEP: _("The file is nested more deeply than is read."),
    Code.NUMBER: _("It has a number that programs do not read alike."),
    Code.MODEL: _("It does not follow the data model of verifiable credentials."),
    Code.TERM: _("It has a term that the signature would not cover."),
    Code.BLANK_NODE: _("It uses blank node identifiers, which are not accepted."),
    Code.CONTEXT_UNKNOWN: _("It refers to a vocabulary that is not at hand."),
    Code.CONTEXT_CHANGED: _("Its vocabularies are not those that were signed."),
    Code.GRAPH: _("It cannot be read in the form that was signed."),
    Code.GRAPH_TIME: _("Reading it takes too long; such files are refused."),
    Code.TIME_LIMIT: _("Checking took too long."),
    Code.NO_PROOF: _("It is not signed."),
    Code.PROOF: _("Its signature is not written as the standard asks."),
    Code.SUITE: _("It is signed in a way that is not supported."),
    Code.SIGNATURE: _("The signature does not match: something was changed, or another key signed it."),
    Code.PREVIOUS_PROOF: _("A signature it builds on is missing."),
    Code.PROOF_EXPIRED: _("The signature has expired."),
    Code.PURPOSE: _("The key may not be used to sign certificates."),
    Code.UNRESOLVED: _("A document needed for the check is not known here."),
    Code.CONTROLLER: _("The issuer's document does not fit the key."),
    Code.KEY: _("The key cannot be read."),
    Code.KEY_REVOKED: _("The issuer has revoked the key it was signed with."),
    Code.KEY_EXPIRED: _("The key it was signed with has expired."),
    Code.ISSUER_KEY: _("It was not signed by the issuer it names."),
    Code.UNTRUSTED: _("Its issuer is not one that this site vouches for."),
    Code.NOT_YET_VALID: _("It is not valid yet."),
    Code.EXPIRED: _("Its period of validity has ended."),
    Code.STATUS_UNREADABLE: _("Its status cannot be read, so it does not count as valid."),
    Code.STATUS_ISSUER: _("Its status list is from another issuer."),
    Code.REVOKED: _("The issuer has withdrawn it."),
    Code.SUSPENDED: _("The issuer has suspended it."),
    Code.STATUS_SET: _("The issuer has set a status on it."),
    Code.UNEXPECTED: _("It could not be checked."),
}
