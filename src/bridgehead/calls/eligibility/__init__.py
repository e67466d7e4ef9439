"""Rules of eligibility, one file a kind. Each kind says what it asks, judges facts, and says what it found.

Pure: facts in, verdict out, words in the reader's language. `calls/queries/eligibility.py` gathers the facts.
A new kind is a new file with `MENDED`, `judge`, `asks` and `found`, a line in KINDS and in `EligibilityRule.Kind`.
"""

from types import ModuleType

from bridgehead.calls.eligibility import (
    answer,
    arrears,
    region,
    same_fair,
    sector,
    size,
    times,
    withdrawals,
    years,
)

KINDS: dict[str, ModuleType] = {
    "region": region,
    "sector": sector,
    "size": size,
    "arrears": arrears,
    "times": times,
    "years": years,
    "withdrawals": withdrawals,
    "same_fair": same_fair,
    "answer": answer,
}
