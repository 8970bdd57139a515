"""The picture of a timeline: reading sources exactly, and one compositor for playhead, poster and export."""
