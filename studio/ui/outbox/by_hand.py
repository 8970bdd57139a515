"""What to say about a delivery that a person posts by hand, before and after. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.delivery import Delivery
from studio.ui.i18n import tr
from studio.ui.outbox.case import Answer, Case, Deed, joined, leave, paste, special
from studio.ui.widgets.marks import MODES


def mode_of(delivery: Delivery, otherwise: str) -> str:
    """The way it was handed over, where it was: one post may go another way than its account's."""
    kept = delivery.handles.get("handoff")
    content = kept.get("content") if isinstance(kept, Mapping) else None
    mode = content.get("mode") if isinstance(content, Mapping) else None
    return mode if mode in MODES else otherwise


def waiting(case: Case) -> Answer:
    """A short window leads through it; what the person has to say about it stands below."""
    sentence = tr("outbox", "Everything is prepared. {platform} wants the last step from you, on its own page.",
                  platform=case.look.platform)  # fmt: skip
    wake = case.delivery.wake
    if wake is not None and wake > case.now:
        again = tr("outbox", "You are reminded again at {time}.", time=case.when(wake))
        sentence = joined(case, sentence, again)
    quiet = (
        paste(), Deed("remind", tr("outbox", "Remind me later…"), "alarm-clock"),
        Deed("failed", tr("outbox", "It did not work…"), "circle-x"), Deed("leave", tr("outbox", "Take off"), "ban"),
    )  # fmt: skip
    return Answer(
        "waiting", tr("outbox", "It needs your hand."), sentence, Deed("start", tr("outbox", "Start"), "hand"),
        tr("outbox", "A short list stays on top while you post"), tr("outbox", "Or tell us:"), quiet,
        special(case.delivery.error),
    )  # fmt: skip


def handed_over(case: Case) -> Answer:
    """By the person's hand, or where nothing can be read back: its link is all the proof there is."""
    if case.delivery.url:
        return _on_your_word(case)
    safe = Deed("page", tr("outbox", "Open my {platform} page", platform=case.look.platform), "external-link")
    return Answer(
        "waiting", tr("outbox", "Is it live?"), tr("outbox", "It counts as published once its link is here."),
        safe if case.page else paste(), tr("outbox", "Opens in your browser") if case.page else "",
        tr("outbox", "Then tell us:"), (paste(), leave()) if case.page else (leave(),),
        special(case.delivery.error),
    )  # fmt: skip


def _on_your_word(case: Case) -> Answer:
    sentence = tr("outbox", "The link you gave was not recognised as a post on {platform}. It counts as published "
                            "once another one is checked.", platform=case.look.platform)  # fmt: skip
    quiet = (
        Deed("confirm", tr("outbox", "Paste another link"), "link"), Deed("copy", tr("outbox", "Copy link"), "copy"),
        leave(),
    )  # fmt: skip
    return Answer(
        "waiting", tr("outbox", "Kept on your word."), sentence,
        Deed("see", tr("outbox", "Open post"), "external-link"), tr("outbox", "Opens in your browser"),
        tr("outbox", "Or:"), quiet, special(case.delivery.error),
    )  # fmt: skip
