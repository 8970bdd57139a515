"""What to say about a delivery and what can be done: one safe action, then quieter answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.delivery import SENDING, State
from studio.core.finding import Finding, Severity
from studio.ui.calendar.chooser import late_words
from studio.ui.i18n import tr
from studio.ui.outbox.by_hand import handed_over, waiting
from studio.ui.outbox.case import Answer as Answer
from studio.ui.outbox.case import Case as Case
from studio.ui.outbox.case import Deed as Deed
from studio.ui.outbox.case import joined, leave, paste, special
from studio.ui.outbox.rows import SOON, minutes, sending_words, shown_state, snug, waiting_words

S = State
SIGN_IN = ("login.", "account.", "vault.")  # what is mended at the account: beginnings of codes
HARMLESS = frozenset({"page", "see", "copy", "open", "accounts"})
TEXT_FIXES = ("text", "title", "media", "link", "tags")


def answer(case: Case) -> Answer:
    """What stands in the box above the journal."""
    state = case.delivery.state
    if state in SENDING:
        return _snug(_sending(case))
    return _snug({
        S.UNCONFIRMED: _unconfirmed, S.FAILED: _failed, S.MISSED: _missed, S.HELD: _held, S.WAITING: waiting,
        S.HANDED_OVER: _handed_over, S.SCHEDULED: _scheduled, S.DUE: _due, S.PUBLISHED: _published,
        S.CANCELLED: _cancelled, S.DRAFT: _cancelled,
    }[state](case))  # fmt: skip


def _open_page(case: Case) -> Deed:
    words = tr("outbox", "Open my {platform} page and look", platform=case.look.platform)
    return Deed("page", words, "external-link")


def _time() -> Deed:
    return Deed("time", tr("outbox", "Choose a time…"), "calendar-clock")


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
        tr("outbox", "Then tell us:"), (paste(), again), special(case.delivery.error),
    )  # fmt: skip


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
    return leave()


def _missed(case: Case) -> Answer:
    sentence = tr("outbox", "It was planned for {when}. Nothing of it went out, and nothing does before you say so.",
                  when=case.when(case.delivery.at))  # fmt: skip
    return Answer(
        "missed", tr("outbox", "Its time passed, and it was not sent."), sentence,
        Deed("resume", tr("outbox", "Send now"), "send"), "", tr("outbox", "Or:"), (_time(), leave()),
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


def _handed_over(case: Case) -> Answer:
    return handed_over(case) if case.delivery.proof is None else _published(case)


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
    proof, title = case.delivery.proof, tr("outbox", "It is live.")
    if proof is None:
        sentence = tr("outbox", "On your word: it could not be read back.")
    elif case.delivery.state is S.HANDED_OVER:
        title = tr("outbox", "Posted by your hand.")
        sentence = tr("outbox", "Its link has the right form. What is there cannot be read from here.")
    elif proof.whole:
        sentence = tr("outbox", "Read back and compared: all the same.")
    else:
        wrong = sum(1 for line in proof.lines if not line.same)
        sentence = tr("outbox", "Read back: %n points differ. They are marked in the proof.", n=wrong)
    quiet = (
        Deed("see", tr("outbox", "Open post"), "external-link"), Deed("copy", tr("outbox", "Copy link"), "copy"),
    ) if case.delivery.url else ()  # fmt: skip
    return Answer("published", title, sentence, quiet=quiet, tinted=False)


def _cancelled(case: Case) -> Answer:
    maybe = bool(case.delivery.handles.get("maybe_live"))
    sentence = (
        tr("outbox", "It was sent once before, and nobody knows whether it is live.") if maybe
        else tr("outbox", "Nothing of it goes out any more.")
    )  # fmt: skip
    opened = Deed("open", tr("outbox", "Open the draft"), "pen-line")
    return Answer("cancelled", tr("outbox", "Taken off"), sentence, quiet=(opened, _time()), tinted=False)


def _snug(said: Answer) -> Answer:
    """Names stand in sentences with a space, as Latin ones need it in Chinese; Chinese ones do not."""
    def close(deed: Deed) -> Deed:
        return replace(deed, words=snug(deed.words))

    return replace(said, title=snug(said.title), sentence=snug(said.sentence),
                   safe=close(said.safe) if said.safe else None, quiet=tuple(map(close, said.quiet)))  # fmt: skip
