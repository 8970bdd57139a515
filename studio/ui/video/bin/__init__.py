"""The bin: what a video can be cut from, styles of titles, effects and transitions."""
