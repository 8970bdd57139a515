"""The one compositor: what a timeline looks like at a moment, for playhead, poster, thumbnails and export alike."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.core.finding import Finding
from studio.core.opentime import Time
from studio.core.playing import Blend, Layer, Playing, layers
from studio.core.timeline import Clip, Timeline
from studio.media.video.acting import Acting, Troubled
from studio.media.video.canvas import Canvas, filled, mixed
from studio.media.video.chain import ENDING, TAGGED, Chains, ready
from studio.media.video.drawing import Drawing, Lettering, Scene
from studio.media.video.laying import Rect as Rect
from studio.media.video.laying import Size, lay_of, resampled
from studio.media.video.picture import Picture, of_frame, to_frame
from studio.media.video.raw import Raws
from studio.media.video.readers import Readers
from studio.media.video.transitions import HERE, Passing, Shift, Way, way
from studio.media.video.where import Where

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from PIL import Image

ALONE = Clip("", Fraction(0))


class Compositor:
    """Safe from any thread; calls wait for one another.

    A picture is a pure function of the timeline and the moment: it does not depend on what was asked for before.
    """

    def __init__(
        self, where: Where, *, readers: Readers | None = None, lettering: Lettering | None = None,
        troubled: Troubled | None = None, lenient: bool = False,
    ) -> None:
        """readers: shared with others; own ones when None.

        troubled  is told once of each effect that failed (video.effect_failed), from the thread that asked
        lenient   a source that is missing or broken is drawn as a grey surface and told to `troubled`
        """
        self._own = readers is None
        self._readers = readers if readers is not None else Readers()
        self._lock = threading.RLock()
        self._chains = Chains()
        self._raws = Raws(self._readers, self._chains)
        troubled = troubled or _nobody
        self._acting = Acting(self._chains, troubled)
        self._drawing = Drawing(where, self._raws, self._acting, lettering or _lettering(), troubled, lenient)

    def frame(self, timeline: Timeline, t: Time, size: Size | None = None) -> VideoFrame:
        """The picture at `t` seconds: yuv420p, bt709 limited, of `size` in px (the timeline's by default), odd sides
        one px larger.

        The frame is the caller's to give a time to, but its pixels may be shared: they must not be written to.
        Refused when a source cannot be read; ValueError when the size is below 1 px.
        """
        width, height = size or (timeline.width, timeline.height)
        if width < 1 or height < 1:
            raise ValueError(f"there is no picture of {width} x {height} px")
        size = width + width % 2, height + height % 2
        with self._lock:
            self._chains.begin()
            stack = Stack(self._chains, size, timeline.background)
            scene = Scene(timeline, size)
            for layer, pictures in self._seen(scene, layers(timeline, t)):
                self._add(scene, stack, layer, pictures)
            return stack.done()

    def picture(self, timeline: Timeline, t: Time, size: Size | None = None) -> Image.Image:
        """The picture at `t` as RGB, of exactly that size."""
        picture = to_image(self.frame(timeline, t, size))
        wanted = size or (timeline.width, timeline.height)
        return picture if picture.size == wanted else picture.crop((0, 0, *wanted))

    def close(self) -> None:
        """Lets go of files and filters; of readers only when they are its own."""
        with self._lock:
            self._chains.close()
            if self._own:
                self._readers.close()

    def _seen(self, scene: Scene, found: Sequence[Layer]) -> list[tuple[Layer, list[Picture]]]:
        """Layers from the bottom up, with their pictures where they have some of their own. What lies below a picture
        that covers all is not even decoded."""
        seen: list[tuple[Layer, list[Picture]]] = []
        for layer in reversed(found):
            own = isinstance(layer, Playing) and layer.clip.kind != "adjustment"
            pictures = self._drawing.pictures(scene, layer) if own else []  # type: ignore[arg-type]
            seen.append((layer, pictures))
            if any(picture.covers(*scene.size) for picture in pictures):
                break
        return seen[::-1]

    def _add(self, scene: Scene, stack: Stack, layer: Layer, pictures: Sequence[Picture]) -> None:
        if isinstance(layer, Blend):
            self._blend(scene, stack, layer)
        elif layer.clip.kind == "adjustment":
            self._adjust(scene, stack, layer)
        for picture in pictures:
            stack.lay(picture)

    def _adjust(self, scene: Scene, stack: Stack, playing: Playing, by: float = 1.0) -> None:
        """Puts the effects of a clip onto everything below it. by: how much of them, 0 to 1."""
        clip = playing.clip
        lay = lay_of(clip.transform, playing.local).faded(by)
        if lay.opacity <= 0 or not clip.effects:
            return
        moment = self._drawing.moment(scene, clip, playing.local, scene.size)
        parts = [part for early in (True, False) for part in self._acting.plan(clip.effects, moment, early)]
        if parts:
            frame = self._acting.run((clip.id, "adjustment"), stack.done(), [TAGGED], parts)
            picture = of_frame(frame)
            if (frame.width, frame.height) != scene.size:
                width, height = scene.size
                scaled = self._chains.run((clip.id, "back"), [TAGGED, ("scale", f"{width}:{height}"), *ENDING], frame)
                picture = of_frame(scaled)
            stack.lay(replace(picture, opacity=lay.opacity))

    def _blend(self, scene: Scene, stack: Stack, blend: Blend) -> None:
        for playing, by in ((blend.outgoing, 1 - blend.progress), (blend.incoming, blend.progress)):
            if playing.clip.kind == "adjustment":
                self._adjust(scene, stack, playing, float(by))
        how = way(blend.transition.kind)
        now = Passing(blend.transition, min(1.0, max(0.0, float(blend.progress))), *scene.size)
        moved = how.move(now) if how.move else (HERE, HERE)
        steps = how.steps(now) if how.steps else ([], [])
        sides = [
            [part for picture in self._side(scene, playing) for part in self._passed(picture, nth, shift, filters, now)]
            for nth, (playing, shift, filters) in enumerate(
                zip((blend.outgoing, blend.incoming), moved, steps, strict=True))
        ]
        _mix(stack, how, now, sides[0], sides[1])

    def _side(self, scene: Scene, playing: Playing) -> list[Picture]:
        return [] if playing.clip.kind == "adjustment" else self._drawing.pictures(scene, playing)

    def _passed(
        self, picture: Picture, nth: int, shift: Shift, filters: Sequence[tuple[str, str]], now: Passing
    ) -> list[Picture]:
        """A picture of one side as the transition leaves it: none when it went out of sight."""
        if filters:
            frame = self._chains.run(("passing", nth), [TAGGED, *filters, *ENDING], to_frame(picture))
            picture = replace(of_frame(frame, picture.left, picture.top), opacity=picture.opacity)
        found: Picture | None = picture
        if shift.scale != 1:
            found = _scaled(picture, shift.scale, now)
        if found is not None and (shift.x or shift.y):
            found = _shifted(found, shift, now)
        return [found] if found is not None else []


class Stack:
    """What is laid so far, painted no earlier than it must be: a picture that covers all is itself the canvas."""

    def __init__(self, chains: Chains, size: Size, background: str) -> None:
        self._chains, self.size, self._background = chains, size, background
        self._frame: VideoFrame | None = None
        self._mine = False  # nobody else holds that very frame
        self._canvas: Canvas | None = None

    def lay(self, picture: Picture) -> None:
        """Puts a picture on top."""
        if picture.covers(*self.size):
            part = picture.within(0, 0, *self.size)
            assert part is not None
            self._mine = picture.passing or part.frame is None
            self._frame, self._canvas = to_frame(part.placed(0, 0) if part.frame is None else part), None
        else:
            self.canvas().lay(picture)

    def canvas(self) -> Canvas:
        """What is laid so far, to be written to."""
        if self._canvas is None:
            if self._frame is None:
                self._canvas = filled(*self.size, self._background)
            else:
                self._canvas = Canvas(self._frame if self._mine else self._chains.fresh(self._frame))
        return self._canvas

    def branch(self) -> Stack:
        """Another one that goes on from the same."""
        other = Stack(self._chains, self.size, self._background)
        other._frame, self._mine = self._frame, False
        other._canvas = None if self._canvas is None else self._canvas.copy()
        return other

    def replace(self, canvas: Canvas) -> None:
        """Goes on from there."""
        self._canvas = canvas

    def seen(self) -> VideoFrame:
        """What is laid so far, to be looked at."""
        if self._canvas is None and self._frame is not None:
            return self._frame
        return self.canvas().frame

    def done(self) -> VideoFrame:
        """The picture as a frame of its own."""
        return ready(self._chains.fresh(self.seen()))


def _mix(stack: Stack, how: Way, now: Passing, outgoing: list[Picture], incoming: list[Picture]) -> None:
    if how.color is not None:
        first = now.progress < 0.5
        for picture in outgoing if first else incoming:
            stack.lay(picture)
        veil = filled(now.width, now.height, how.color(now))
        stack.replace(mixed(stack.seen(), veil.frame, 2 * now.progress if first else 2 - 2 * now.progress))
    elif how.weight is None:
        for picture in (*outgoing, *incoming) if how.incoming_over else (*incoming, *outgoing):
            stack.lay(picture)
    else:
        other = stack.branch()
        for picture in outgoing:
            stack.lay(picture)
        for picture in incoming:
            other.lay(picture)
        stack.replace(mixed(stack.seen(), other.seen(), how.weight(now)))


def _scaled(picture: Picture, by: float, now: Passing) -> Picture | None:
    """Grown or shrunk about the canvas's middle."""
    x = now.width / 2 + (picture.left + picture.width / 2 - now.width / 2) * by
    y = now.height / 2 + (picture.top + picture.height / 2 - now.height / 2) * by
    return resampled(picture, Rect(x, y, picture.width * by, picture.height * by), (now.width, now.height))


def _shifted(picture: Picture, shift: Shift, now: Passing) -> Picture | None:
    """Moved together with its canvas, so what lies beyond that stays out of sight."""
    inside = picture.within(0, 0, now.width, now.height)
    if inside is None:
        return None
    x, y = 2 * round(shift.x * now.width / 2), 2 * round(shift.y * now.height / 2)
    return inside.placed(inside.left + x, inside.top + y) if (x or y) else inside


def to_image(frame: VideoFrame) -> Image.Image:
    """A frame of the compositor as an RGB picture."""
    rgb = frame.reformat(
        format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709", src_color_range="MPEG",
        dst_color_range="JPEG",
    )
    picture: Image.Image = rgb.to_image()  # type: ignore[no-untyped-call]  # PyAV says nothing of its type
    return picture


def _nobody(finding: Finding) -> None:
    """For those who do not want to know."""


def _lettering() -> Lettering:
    from studio.media.lettering import drawn

    return drawn
