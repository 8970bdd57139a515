"""The queue of exports: one at a time on the lane "render", with pause, cancel and another order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from studio.core.errors import Cancelled, Problem
from studio.core.event import Event
from studio.core.export import Preset
from studio.core.finding import Finding
from studio.core.ids import new_id
from studio.core.task import Task, TaskState
from studio.core.timeline import Source, Timeline
from studio.core.words import N

if TYPE_CHECKING:
    from studio.media.export.gate import Gate
    from studio.media.export.job import Exported, Options
    from studio.services.jobs import Jobs
    from studio.store.settings import SettingStore

State = Literal["waiting", "running", "done", "failed", "cancelled"]
UNFINISHED = "export.unfinished"


@dataclass(eq=False)
class Export:
    """One export of the queue. timeline: as it was when it was added.

    fraction  0 to 1, None before it began; findings: why it failed, or remarks on what came out
    """

    timeline: Timeline
    preset: Preset
    target: Path
    where: Callable[[Source], Path]
    gate: Gate
    options: Options
    id: str = field(default_factory=new_id)
    state: State = "waiting"
    paused: bool = False
    result: Exported | None = None
    findings: tuple[Finding, ...] = ()
    fault: BaseException | None = None
    task: Task[Any] | None = None
    began: float = 0.0
    rested: float = 0.0  # seconds it was paused
    paused_at: float = 0.0

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    @property
    def fraction(self) -> float | None:
        if self.state == "done":
            return 1.0
        return self.task.fraction if self.task is not None and self.state == "running" else None


class Exports:
    """changed: emitted with the export whose state, place or progress changed, from whichever thread did it."""

    def __init__(
        self, jobs: Jobs, kept: SettingStore | None = None, clock: Callable[[], float] = time.monotonic,
        ready: Callable[[Timeline, Task[Any]], Timeline] = lambda timeline, task: timeline,
    ) -> None:
        """kept: where it is written down which files are being made, so that a crash can be told at the next start.
        ready: makes what a timeline needs before its export, and gives the timeline to export
        """
        self._jobs, self._kept, self._clock, self._ready = jobs, kept, clock, ready
        self._list: list[Export] = []
        self._lock = threading.RLock()
        self.changed: Event[[Export]] = Event()

    def add(
        self, timeline: Timeline, preset: Preset, target: Path, where: Callable[[Source], Path],
        options: Options | None = None,
    ) -> Export:
        """Puts an export at the end of the queue; it begins when its turn comes."""
        from studio.media.export.gate import Gate
        from studio.media.export.job import Options

        one = Export(timeline, preset, target, where, Gate(), options or Options())
        with self._lock:
            self._list.append(one)
            one.task = self._jobs.submit("render", N("job", "Exporting"), self._turn)
            one.task.changed.connect(self._told)
        self.changed.emit(one)
        return one

    def all(self) -> tuple[Export, ...]:
        """In order: those that are over, the running one, those that wait."""
        with self._lock:
            return tuple(self._list)

    def pause(self, one: Export) -> None:
        """Stops before its next frame; one that waits stays where it is when its turn comes."""
        if not one.over and not one.paused:
            one.paused, one.paused_at = True, self._clock()
            one.gate.pause()
            self.changed.emit(one)

    def resume(self, one: Export) -> None:
        if one.paused:
            one.paused = False
            one.rested += self._clock() - max(one.paused_at, one.began) if one.state == "running" else 0.0
            one.gate.resume()
            self.changed.emit(one)

    def cancel(self, one: Export) -> None:
        """Takes it out of the queue, or stops it; nothing of its file is left."""
        with self._lock:
            if one.state == "waiting":
                one.state = "cancelled"
            elif one.state == "running" and one.task is not None:
                one.task.cancel()
        self.changed.emit(one)

    def move(self, one: Export, place: int) -> None:
        """To another place among those that wait, 0 for the next."""
        with self._lock:
            if one.state != "waiting":
                return
            others = [each for each in self._list if each is not one]
            first = next((n for n, each in enumerate(others) if each.state == "waiting"), len(others))
            others.insert(min(len(others), first + max(0, place)), one)
            self._list = others
        self.changed.emit(one)

    def forget(self, one: Export) -> None:
        """Takes one that is over off the list."""
        with self._lock:
            if one.over and one in self._list:
                self._list.remove(one)
        self.changed.emit(one)

    def left(self, one: Export) -> float | None:
        """Seconds until it is done at the pace so far; None while that is not known."""
        part = one.fraction
        if one.state != "running" or not part or part < 0.01:
            return None
        now = one.paused_at if one.paused else self._clock()
        return max(0.0, (now - one.began - one.rested) * (1 - part) / part)

    def unfinished(self) -> tuple[Path, ...]:
        """Files whose making was cut off by a crash, told once; what was left of them is swept away."""
        if self._kept is None:
            return ()
        from studio.media.export.part import sweep

        targets = tuple(Path(each) for each in self._kept.get(UNFINISHED, []))
        for folder in {target.parent for target in targets}:
            sweep(folder)
        if targets:
            self._kept.forget(UNFINISHED)
        return targets

    # --- on the lane ------------------------------------------------------------------------------------------------

    def _turn(self, task: Task[Any]) -> Exported | None:
        """Runs whichever is first by now; nothing when that was cancelled meanwhile."""
        one = self._take(task)
        if one is None:
            return None
        self._note(one.target, begun=True)
        self.changed.emit(one)
        try:
            one.result = self._export(one, task)
            self._end(one, "done", one.result.findings)
        except Cancelled:
            self._end(one, "cancelled")
            raise
        except Problem as problem:
            self._end(one, "failed", problem.findings)
            raise
        except Exception as fault:
            one.fault = fault
            self._end(one, "failed")
            raise
        finally:
            self._note(one.target, begun=False)
        return one.result

    def _export(self, one: Export, task: Task[Any]) -> Exported:
        from studio.media.export.exporting import export

        timeline = self._ready(one.timeline, task)
        return export(timeline, one.where, one.preset, one.target, task, options=one.options, gate=one.gate)

    def _take(self, task: Task[Any]) -> Export | None:
        with self._lock:
            one = next((each for each in self._list if each.state == "waiting"), None)
            if one is None:
                return None
            owner = next((each for each in self._list if each.task is task), None)
            if owner is not None:
                owner.task = one.task
            one.task, one.state, one.began = task, "running", self._clock()
            return one

    def _end(self, one: Export, state: State, findings: tuple[Finding, ...] = ()) -> None:
        one.state, one.findings = state, findings
        self.changed.emit(one)

    def _told(self, task: Task[Any]) -> None:
        """A task moved on, or was cancelled from the list of jobs before its turn."""
        with self._lock:
            one = next((each for each in self._list if each.task is task), None)
            if one is not None and one.state == "waiting" and task.state == TaskState.CANCELLED:
                one.state = "cancelled"
        if one is not None:
            self.changed.emit(one)

    def _note(self, target: Path, *, begun: bool) -> None:
        if self._kept is None:
            return
        others = [each for each in self._kept.get(UNFINISHED, []) if each != str(target)]
        self._kept.set(UNFINISHED, [*others, str(target)] if begun else others)
