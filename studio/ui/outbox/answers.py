"""What to say about a delivery and what can be done: one safe action, then quieter answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from studio.core.delivery import SENDING, Delivery, State
from studio.core.finding import Finding, Severity
from studio.ui.calendar.chooser import late_words
from studio.ui.i18n import tr
from studio.ui.moments import clock, local, moment
from studio.ui.outbox.rows import NO_PROGRESS, SOON, Progress, minutes, sending_words, shown_state, snug, waiting_words

if TYPE_CHECKING:
    from studio.core.hold import Hold
    from studio.ui.accounts.looks import Look

S = State
SIGN_IN = ("login.", "account.", "vault.")  # what is mended at the account: beginnings of codes
SAID = frozenset({"delivery.unconfirmed", "delivery.not_found_on_platform"})
HARMLESS = frozenset({"page", "see", "copy", "open", "accounts"})
TEXT_FIXES = ("text", "title", "media", "link", "tags")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do. locked: why it cannot be done yet, "" when it can."""

    key: str
    words: str
    icon: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """state: whose colours it has. tinted: something is wanted. note: beside the safe deed. lead: before the others.

    findings: what the platform or we say against it, each a line of its own
    """

    state: str
    title: str
    sentence: str
    safe: Deed | None = None
    note: str = ""
    lead: str = ""
    quiet: tuple[Deed, ...] = ()
    findings: tuple[Finding, ...] = ()
    tinted: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """Everything an answer depends on.

    looks    how often it was looked up without finding it    looked   the person opened the account's page
    went     when the visible request began, or None          parts    links of its thread, 1 for a plain post
    staged, files   how many files lie over there already, and how many there are
    page     whether the account has a page to open            hold     what holds it now
    """

    delivery: Delivery
    look: Look
    now: datetime
    zone: tzinfo
    language: str
    progress: Progress = NO_PROGRESS
    looks: int = 0
    looked: bool = False
    went: datetime | None = None
    parts: int = 1
    staged: int = 0
    files: int = 0
    page: bool = True
    hold: Hold | None = None

    def when(self, at: datetime) -> str:
        """A moment in words: its clock today, its day as well otherwise."""
        same = local(at, self.zone).date() == local(self.now, self.zone).date()
        return clock(at, self.zone) if same else moment(at, self.zone, self.language)

    def second(self, at: datetime) -> str:
        """The same with seconds, for what was done."""
        at = local(at, self.zone)
        return f"{at:%H:%M:%S}" if at.date() == local(self.now, self.zone).date() else f"{at:%Y-%m-%d %H:%M:%S}"


def answer(case: Case) -> Answer:
    """What stands in the box above the journal."""
    state = case.delivery.state
    if state in SENDING:
        return _snug(_sending(case))
    return _snug({
        S.UNCONFIRMED: _unconfirmed, S.FAILED: _failed, S.MISSED: _missed, S.HELD: _held, S.WAITING: _waiting,
        S.HANDED_OVER: _handed_over, S.SCHEDULED: _scheduled, S.DUE: _due, S.PUBLISHED: _published,
        S.CANCELLED: _cancelled, S.DRAFT: _cancelled,
    }[state](case))  # fmt: skip


def _open_page(case: Case) -> Deed:
    words = tr("outbox", "Open my {platform} page and look", platform=case.look.platform)
    return Deed("page", words, "external-link")


def _paste() -> Deed:
    return Deed("confirm", tr("outbox", "It is there, paste the link"), "link")


def _time() -> Deed:
    return Deed("time", tr("outbox", "Choose a time…"), "calendar-clock")


def _leave() -> Deed:
    return Deed("leave", tr("outbox", "Leave it"))


def frozen(answer: Answer, why: str) -> Answer:
    """The same where nothing may be changed: only looking is left."""
    def lock(deed: Deed) -> Deed:
        return deed if deed.key in HARMLESS else replace(deed, locked=why)

    return replace(answer, safe=lock(answer.safe) if answer.safe else None, quiet=tuple(map(lock, answer.quiet)))


def _unconfirmed(case: Case) -> Answer:
    lock = "" if case.looked or not case.page else tr("outbox", "First open the page and look.")
    again = Deed("again", tr("outbox", "It is not there, send again…"), "lock" if lock else "repeat-2", lock)
    safe = _open_page(case) if case.page else Deed("look", tr("outbox", "Look once more"), "search")
    note = tr("outbox", "Opens in your browser") if case.page else ""
    return Answer(
        "unconfirmed", tr("outbox", "We sent it once, and the answer got lost."), _unsure_words(case), safe, note,
        tr("outbox", "Then tell us:"), (_paste(), again), _special(case.delivery.error),
    )  # fmt: skip


def _special(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What the title and the sentence do not say already."""
    return tuple(finding for finding in findings if finding.code not in SAID)[:3]


def _calm(findings: Sequence[Finding], severity: Severity) -> tuple[Finding, ...]:
    """What does not stop it: it is tried, or looked at, again by itself."""
    return tuple(replace(finding, severity=severity) for finding in findings[:2])


def _unsure_words(case: Case) -> str:
    parts = []
    if case.went is not None:
        parts.append(tr("outbox", "The request left this computer at {time}.", time=case.second(case.went)))
    if case.looks:
        parts.append(tr("outbox", "%n look-ups did not find the post, which can happen while {platform} still works on "
                                  "it.", n=case.looks, platform=case.look.platform))  # fmt: skip
    parts += [_live_parts(case)] if case.delivery.link else []
    if case.delivery.wake is not None:
        parts.append(tr("outbox", "It is looked up again by itself at {time}.", time=case.second(case.delivery.wake)))
    return joined(case, *parts, tr("outbox", "It will not be sent again by itself."))


def _live_parts(case: Case) -> str:
    """Of a thread: what is live and is never sent again."""
    done = case.delivery.link
    if done == 1:
        return tr("outbox", "Part 1 is live and is never sent again.")
    return tr("outbox", "Parts 1 to {last} are live and are never sent again.", last=done)


def _failed(case: Case) -> Answer:
    thread = case.parts > 1
    title = tr("outbox", "It did not go out.")
    if thread:
        title = tr("outbox", "Part {part} of {all} did not go out.", part=case.delivery.link + 1, all=case.parts)
    first = _live_parts(case) if case.delivery.link else tr("outbox", "Nothing of it is live.")
    return Answer(
        "failed", title, joined(case, first, _staged_words(case)), _failed_safe(case), "",
        tr("outbox", "Or:"), _failed_quiet(case), case.delivery.error[:4],
    )  # fmt: skip


def _staged_words(case: Case) -> str:
    if not case.staged:
        return ""
    return tr("outbox", "{staged} of {files} files are over there already. While the draft stays as it is, they are "
                        "not uploaded again.", staged=case.staged, files=case.files)  # fmt: skip


def _failed_safe(case: Case) -> Deed:
    """The fix where we know one, else the rest of the way."""
    if any(finding.blocks and finding.code.startswith(SIGN_IN) for finding in case.delivery.error):
        return Deed("accounts", tr("outbox", "Go to the account"), "circle-user-round")
    if _wants_edit(case.delivery.error):
        return Deed("open", tr("outbox", "Open the draft"), "pen-line")
    return _resume(case)


def _wants_edit(findings: Sequence[Finding]) -> bool:
    return any(finding.blocks and finding.field.partition("[")[0] in TEXT_FIXES for finding in findings)


def _resume(case: Case) -> Deed:
    left = case.delivery.link or case.staged
    words = tr("outbox", "Resume what is left") if left else tr("outbox", "Try again")
    return Deed("resume", words, "repeat-2")


def _failed_quiet(case: Case) -> tuple[Deed, ...]:
    found = [] if _failed_safe(case).key == "resume" else [_resume(case)]
    if case.delivery.link:
        found.append(Deed("over", tr("outbox", "Start over…"), "rotate-ccw"))
    elif case.staged:
        found.append(Deed("over", tr("outbox", "Start over"), "rotate-ccw"))
    return (*found, _time(), _end(case))


def _end(case: Case) -> Deed:
    """Of a thread whose first parts are live: it ends there."""
    if case.delivery.link:
        return Deed("leave", tr("outbox", "End it here"))
    return _leave()


def _missed(case: Case) -> Answer:
    sentence = tr("outbox", "It was planned for {when}. Nothing of it went out, and nothing does before you say so.",
                  when=case.when(case.delivery.at))  # fmt: skip
    return Answer(
        "missed", tr("outbox", "Its time passed, and it was not sent."), sentence,
        Deed("resume", tr("outbox", "Send now"), "send"), "", tr("outbox", "Or:"), (_time(), _leave()),
    )  # fmt: skip


def _held(case: Case) -> Answer:
    planned = tr("outbox", "It was planned for {when}.", when=case.when(case.delivery.at))
    if case.hold is not None:
        reason = case.hold.reason or tr("outbox", "no reason was given")
        sentence = joined(case, planned, tr("outbox", "It does not go out by itself, not even when the hold ends."))
        return Answer(
            "held", tr("outbox", "On hold: {reason}", reason=reason), sentence,
            Deed("unhold", tr("outbox", "End the hold"), "play"), tr("outbox", "This one still waits for you then."),
            tr("outbox", "Or:"), (_time(), _end(case)),
        )  # fmt: skip
    sentence = joined(case, planned, tr("outbox", "Nothing of it went out, and nothing does before you say so."))
    return Answer(
        "held", tr("outbox", "It was held, and the hold is over."), sentence,
        Deed("now", tr("outbox", "Release it: send now"), "play"), "", tr("outbox", "Or:"), (_time(), _end(case)),
    )  # fmt: skip


def _waiting(case: Case) -> Answer:
    sentence = tr("outbox", "Everything is prepared. {platform} wants the last step from you, on its own page.",
                  platform=case.look.platform)  # fmt: skip
    safe = Deed("page", tr("outbox", "Open my {platform} page", platform=case.look.platform), "external-link")
    return Answer(
        "waiting", tr("outbox", "It needs your hand."), sentence, safe if case.page else _paste(),
        tr("outbox", "Opens in your browser") if case.page else "", tr("outbox", "Then tell us:"),
        (_paste(), _leave()) if case.page else (_leave(),), case.delivery.error[:4],
    )  # fmt: skip


def _handed_over(case: Case) -> Answer:
    if case.delivery.proof is not None:
        return _published(case)
    found = _waiting(case)
    sentence = tr("outbox", "It counts as published once its link is here.")
    return replace(found, title=tr("outbox", "Is it live?"), sentence=sentence)


def _resting(case: Case) -> Answer:
    """Planned, or due, while a hold covers it."""
    assert case.hold is not None
    planned = tr("outbox", "Planned for {when}.", when=case.when(case.delivery.at))
    stays = tr("outbox", "If the hold still lasts then, it does not go out and waits for you.")
    sentence = joined(case, planned, stays)
    reason = case.hold.reason or tr("outbox", "no reason was given")
    quiet = (
        Deed("unhold", tr("outbox", "End the hold"), "play"),
        Deed("time", tr("outbox", "Change time…"), "calendar-clock"), Deed("leave", tr("outbox", "Take off"), "ban"),
    )  # fmt: skip
    title = tr("outbox", "On hold: {reason}", reason=reason)
    return Answer("held", title, sentence, quiet=quiet if case.delivery.state is S.SCHEDULED else (quiet[0], quiet[2]))


def _scheduled(case: Case) -> Answer:
    if case.hold is not None:
        return _resting(case)
    d = case.delivery
    left = d.at - case.now
    title = tr("outbox", "Goes out {when}", when=case.when(d.at))
    if left.total_seconds() > 0 and left <= SOON:
        title = tr("outbox", "Goes out in %n min", n=minutes(d.at, case.now))
    quiet = (
        Deed("time", tr("outbox", "Change time…"), "calendar-clock"), Deed("now", tr("outbox", "Send now"), "send"),
        Deed("leave", tr("outbox", "Take off"), "ban"),
    )  # fmt: skip
    if d.clock == "platform" and "receipt" in d.handles:
        sentence = tr("outbox", "It lies with {platform} already, whose own clock shows it at {when}. This computer "
                                "may be off.", platform=case.look.platform, when=case.when(d.at))  # fmt: skip
        return Answer("scheduled", title, sentence, quiet=(quiet[0], quiet[2]), tinted=False)
    planned = tr("outbox", "{when} by this computer’s clock.", when=case.when(d.at))
    sentence = joined(case, planned, late_words(d.late))
    return Answer(shown_state(d, case.now), title, sentence, quiet=quiet, tinted=False)


def _due(case: Case) -> Answer:
    if case.hold is not None:
        return _resting(case)
    if case.delivery.link:
        return _next_part(case)
    until = case.progress.until
    title, quiet = tr("outbox", "It is its turn"), [Deed("leave", tr("outbox", "Take off"), "ban")]
    if until is not None and until > case.now:
        title = waiting_words(case.progress, case.now)
        quiet.insert(0, Deed("hurry", tr("outbox", "Do not wait"), "send"))
    sentence = tr("outbox", "It goes out by itself. What waits is sent one after the other, never in a burst.")
    findings = _calm(case.delivery.error, "warning")
    return Answer("due", title, sentence, quiet=tuple(quiet), findings=findings, tinted=False)


def _next_part(case: Case) -> Answer:
    """Of a thread whose first parts are live; the next one waits for its own delay."""
    at = max(case.delivery.wake or case.now, case.now)
    title = tr("outbox", "Part {part} of {all} goes out {when}", part=case.delivery.link + 1, all=case.parts,
               when=case.when(at))  # fmt: skip
    sentence = joined(case, _live_parts(case), tr("outbox", "The next one goes out by itself."))
    return Answer("due", title, sentence, quiet=(_end(case),), findings=_calm(case.delivery.error, "warning"),
                  tinted=False)  # fmt: skip


def _sending(case: Case) -> Answer:
    sentence = {
        S.PREPARING: tr("outbox", "Text and files are checked and made to fit. Nothing is to be seen yet."),
        S.STAGING: tr("outbox", "Files go over first. Nothing is to be seen before the one request that follows."),
        S.COMMITTING: tr("outbox", "The one visible request is out. It is never repeated by itself."),
        S.PROCESSING: tr("outbox", "The platform took it. It counts as published once it was read back."),
    }[case.delivery.state]
    title = sending_words(case.delivery, case.progress)
    if case.parts > 1:
        title = tr("outbox", "Part {part} of {all}: {step}", part=case.delivery.link + 1, all=case.parts, step=title)
    return Answer("sending", title, sentence, findings=_calm(case.delivery.error, "info"), tinted=False)


def _published(case: Case) -> Answer:
    proof = case.delivery.proof
    if proof is None:
        sentence = tr("outbox", "On your word: it could not be read back.")
    elif proof.whole:
        sentence = tr("outbox", "Read back and compared: all the same.")
    else:
        wrong = sum(1 for line in proof.lines if not line.same)
        sentence = tr("outbox", "Read back: %n points differ. They are marked in the proof.", n=wrong)
    quiet = (
        Deed("see", tr("outbox", "Open post"), "external-link"), Deed("copy", tr("outbox", "Copy link"), "copy"),
    ) if case.delivery.url else ()  # fmt: skip
    return Answer("published", tr("outbox", "It is live."), sentence, quiet=quiet, tinted=False)


def _cancelled(case: Case) -> Answer:
    maybe = bool(case.delivery.handles.get("maybe_live"))
    sentence = (
        tr("outbox", "It was sent once before, and nobody knows whether it is live.") if maybe
        else tr("outbox", "Nothing of it goes out any more.")
    )  # fmt: skip
    opened = Deed("open", tr("outbox", "Open the draft"), "pen-line")
    return Answer("cancelled", tr("outbox", "Taken off"), sentence, quiet=(opened, _time()), tinted=False)


def joined(case: Case, *sentences: str) -> str:
    """Sentences one after the other: Chinese puts no space between them."""
    return ("" if case.language.startswith("zh") else " ").join(one for one in sentences if one)


def _snug(said: Answer) -> Answer:
    """Names stand in sentences with a space, as Latin ones need it in Chinese; Chinese ones do not."""
    def close(deed: Deed) -> Deed:
        return replace(deed, words=snug(deed.words))

    return replace(said, title=snug(said.title), sentence=snug(said.sentence),
                   safe=close(said.safe) if said.safe else None, quiet=tuple(map(close, said.quiet)))  # fmt: skip
