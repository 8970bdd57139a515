"""Words on pictures and video: one renderer, with its fonts and fallback chain."""

from studio.media.lettering.drawing import drawn as drawn
from studio.media.lettering.painting import Drawn as Drawn
