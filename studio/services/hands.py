"""Several hands at one pile of work: each takes the next number until there is none, or one of them fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Tool = TypeVar("Tool")
Done = TypeVar("Done")


def side_by_side(number: int, tools: Sequence[Tool], work: Callable[[Tool, int], Done]) -> list[Done]:
    """`work(tool, n)` for each n below `number`, each tool used by one thread; the results in order.

    The first error is raised once the others have finished what they had in hand; nothing new is begun after it.
    """
    pile, guard = iter(range(number)), threading.Lock()
    results: dict[int, Done] = {}
    faults: list[BaseException] = []

    def take() -> int | None:
        with guard:
            return None if faults else next(pile, None)

    def labour(tool: Tool) -> None:
        while (n := take()) is not None:
            try:
                results[n] = work(tool, n)
            except BaseException as fault:
                with guard:
                    faults.append(fault)

    with ThreadPoolExecutor(len(tools), thread_name_prefix="stage") as crew:
        for tool in tools:
            crew.submit(labour, tool)
    if faults:
        raise faults[0]
    return [results[n] for n in range(number)]
