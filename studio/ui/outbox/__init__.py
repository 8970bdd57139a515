"""The Outbox pane: every delivery by urgency, its story, its proof, and its one safe action."""
