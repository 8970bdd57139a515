"""The Video pane: bin, inspector, player, timeline."""
