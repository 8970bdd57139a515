"""What a failed job or a refused call has to say, as findings in the window's language."""

from __future__ import annotations

from functools import lru_cache

from studio.core.errors import Problem
from studio.core.finding import Finding, error
from studio.services.words import say


def findings_of(fault: BaseException) -> tuple[Finding, ...]:
    """The findings a known problem carries; anything else is a fault of ours and said so."""
    if isinstance(fault, Problem) and fault.findings:
        return fault.findings
    return (error("fault", "workspace", reason=type(fault).__name__),)


def sentence(fault: BaseException, language: str) -> str:
    """The first finding of a failure in words."""
    return say(findings_of(fault)[0], language)


@lru_cache(maxsize=512)
def split(sentence: str) -> tuple[str, str]:
    """A finding's words as its first sentence (without the full stop) and the rest: what is wrong, what to do."""
    for at, mark in enumerate(sentence):
        after = sentence[at + 1 : at + 2]
        number = sentence[at - 1 : at].isdigit() and sentence[at + 2 : at + 3].isdigit()
        if mark == "。" or (mark == "." and after == " " and not number):
            return sentence[:at].strip(), sentence[at + 1 :].strip()
    return sentence.rstrip("."), ""
