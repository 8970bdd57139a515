"""The player: the picture, what is painted over it, and the buttons below it."""
