"""What every platform keeps, one rule after the other, each callable for one platform.

A platform's own folder of tests may have a `contract.py` that says what cannot be known here; all of it is optional:

    refusal(call) -> Answer       how its server refuses a sign-in (401 with a JSON body, unless it says otherwise)
    FIELDS                        login fields that go as far as the network; the default fills in all but the callback
    ACCOUNT                       identity of an account ({"server": ...}) for posts, doctor and publisher
    SECRETS                       its secrets, by their own names
    sample(mode) -> dict          what a good post needs here, as arguments of `fakes.content`
    LINKS                         addresses of posts as people paste them, each with the ids in it
"""

from __future__ import annotations

from tests.platforms.contract import asked, checked, declared, handed
from tests.platforms.contract.cases import ROOT, RULES, Case, case, rows
from tests.platforms.contract.checked import codes_in

__all__ = ["ROOT", "RULES", "Case", "asked", "case", "checked", "codes_in", "declared", "handed", "hold", "rows"]


def hold(case: Case) -> list[str]:
    """Runs every rule for one platform; gives their names."""
    for check in RULES.values():
        check(case)
    return list(RULES)
