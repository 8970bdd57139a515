"""The timeline as a widget: tracks, ruler, tools, and every edit by mouse and by keys."""
