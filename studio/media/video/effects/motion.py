"""Movement that needs no key frames."""

from __future__ import annotations

import math

from studio.media.video.effects.native import Lay, Moment, Native, Params


def slow_zoom(lay: Lay, params: Params, moment: Moment) -> Lay:
    """Evenly to the eye: each second it grows by the same factor. The point it goes toward stays where it is."""
    part = float(moment.local / moment.duration) if moment.duration else 0.0
    first, last = params.number("from") / 100, params.number("to") / 100
    by = first * (last / first) ** part
    x, y = (params.number(field) / 100 * side / moment.scale for field, side in zip("xy", moment.shown, strict=True))
    return lay.scaled(by).moved(x * (1 - by), y * (1 - by))


def shake(lay: Lay, params: Params, moment: Moment) -> Lay:
    """Sums of waves that never meet: restless, and the same each time. Grown by as much as keeps the edges out."""
    amount, at = params.number("amount"), float(moment.local) * params.number("speed") * 2 * math.pi
    if not amount:
        return lay
    x = (math.sin(at) + math.sin(at * 1.618 + 1.3) * 0.6) / 1.6
    y = (math.sin(at * 0.913 + 2.1) + math.sin(at * 1.414 + 0.4) * 0.6) / 1.6
    side = min(moment.shown) / moment.scale
    return lay.scaled(1 + 2 * amount / max(side, 1.0)).moved(x * amount, y * amount)


NATIVES = {"slow_zoom": Native(lay=slow_zoom), "shake": Native(lay=shake)}
