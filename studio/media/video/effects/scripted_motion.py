"""MoviePy's effects that come and go with time, drawn by the engine."""

from __future__ import annotations

from fractions import Fraction

from studio.core.effects.timing import TIME_MAPS, exact, shown
from studio.core.opentime import Time
from studio.media.video.effects.native import Lay, Moment, Native, Params, Step
from studio.media.video.effects.scripted_colour import in_rgb


def _begun(params: Params, moment: Moment) -> float:
    """How much of the effect's duration has passed: 0 to 1."""
    return min(1.0, max(0.0, float(moment.local) / params.number("duration")))


def _left(params: Params, moment: Moment) -> float:
    """How much of the effect's duration is left until the clip ends: 1 to 0."""
    return min(1.0, max(0.0, float(moment.duration - moment.local) / params.number("duration")))


def _toward(color: str, part: float) -> list[Step]:
    """The picture mixed with a colour: levels, as they are quick to set up anew for each frame. part: of the
    picture."""
    if part >= 1:
        return []
    levels = zip("rgb", bytes.fromhex(color.lstrip("#")[:6]), strict=True)
    ends = (f"{channel}omin={low:.6f}:{channel}omax={low + part:.6f}"
            for channel, low in ((channel, level / 255 * (1 - part)) for channel, level in levels))
    return in_rgb(("colorlevels", ":".join(ends)))


def fade_in(params: Params, moment: Moment) -> list[Step]:
    return _toward(params.text("initial_color"), _begun(params, moment))


def fade_out(params: Params, moment: Moment) -> list[Step]:
    return _toward(params.text("final_color"), _left(params, moment))


def cross_fade_in(lay: Lay, params: Params, moment: Moment) -> Lay:
    return lay.faded(_begun(params, moment))


def cross_fade_out(lay: Lay, params: Params, moment: Moment) -> Lay:
    return lay.faded(_left(params, moment))


def blink(lay: Lay, params: Params, moment: Moment) -> Lay:
    """Counted in fractions: a float would blink a frame too late now and then."""
    on, off = exact(params.effect, "duration_on"), exact(params.effect, "duration_off")
    return lay if moment.local % (on + off) < on else lay.faded(0)


def _slid(lay: Lay, params: Params, moment: Moment, away: float) -> Lay:
    """away: 0 where it lies, 1 wholly beyond its side."""
    width, height = moment.width / moment.scale, moment.height / moment.scale
    x, y = {"left": (-width, 0.0), "right": (width, 0.0), "top": (0.0, -height)}.get(
        params.text("side"), (0.0, height))
    return lay.moved(x * away, y * away)


def slide_in(lay: Lay, params: Params, moment: Moment) -> Lay:
    return _slid(lay, params, moment, 1 - _begun(params, moment))


def slide_out(lay: Lay, params: Params, moment: Moment) -> Lay:
    return _slid(lay, params, moment, 1 - _left(params, moment))


def another_moment(local: Time, params: Params, moment: Moment) -> Time:
    return shown(params.effect, local, moment.duration, 1 / Fraction(moment.rate))


NATIVES = {
    "moviepy.FadeIn": Native(steps=fade_in, pointwise=True), "moviepy.FadeOut": Native(steps=fade_out, pointwise=True),
    "moviepy.CrossFadeIn": Native(lay=cross_fade_in), "moviepy.CrossFadeOut": Native(lay=cross_fade_out),
    "moviepy.Blink": Native(lay=blink), "moviepy.SlideIn": Native(lay=slide_in),
    "moviepy.SlideOut": Native(lay=slide_out),
    **{f"moviepy.{name}": Native(time=another_moment) for name in TIME_MAPS},
}
