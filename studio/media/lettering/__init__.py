"""Words on pictures and video: one renderer, with its fonts and fallback chain."""
