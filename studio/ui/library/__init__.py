"""The Library pane: every picture and clip, described, searched, and where each is used."""
