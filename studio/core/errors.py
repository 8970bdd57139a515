"""Errors typed by what must be done about them. None carries a sentence: findings are worded later.

`Refused` and its kin are known situations a person can act on. Anything else that is raised is a
fault of ours and is shown as such.
"""

from __future__ import annotations

from studio.core.finding import Finding, error


class Problem(Exception):
    """A known situation: something a person can read about and act on. Carries findings."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__(", ".join(f.code for f in findings))


class Refused(Problem):
    """Definitely not done, and repeating the same thing will not help. Nothing was changed."""


class Rejected(Refused):
    """The platform took it, looked at it, and will never show it: a review that ended badly, a film it cannot read."""


class NotFound(Refused):
    """No such post, account, delivery or media. `kind` and `id` are in the finding's values."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(error("not_found", kind, kind=kind, id=id))


class SignInAgain(Problem):
    """The platform no longer accepts our credentials; a person must sign in. Nothing was published."""


class ByHand(Problem):
    """Definitely not published, and the API will not do it; a person can finish it on the platform's own page.

    What was made over there meanwhile (a draft) stays, and its handle is among those that were staged.
    """


class Later(Problem):
    """Definitely not done, but the same thing may work later.

    after   seconds to wait at least, or None when the other side did not say
    """

    def __init__(self, *findings: Finding, after: float | None = None) -> None:
        super().__init__(*findings)
        self.after = after


class NotThere(Later):
    """The platform answers, and says that it has no such post (yet): listings and read-backs lag."""


class Unstaged(Later):
    """The platform no longer has what was staged: it must be staged anew. Nothing was published."""


class Uncertain(Problem):
    """It is not known whether it was done. It must never be repeated without looking first."""


class VaultLocked(Problem):
    """The system's keychain is there, but locked or refusing."""


class NoVault(Problem):
    """This machine has no usable keychain. Nothing was written anywhere else."""


class WorkspaceProblem(Problem):
    """The workspace cannot be opened or written: read-only, full, from a newer version, in use."""


class Cancelled(Exception):
    """The person cancelled; nothing half-done was left behind."""
