"""The Settings pane, made from the list of settings in core."""
