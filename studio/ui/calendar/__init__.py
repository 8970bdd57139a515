"""The Calendar pane: a month of deliveries, drafts waiting beside it, scheduling by drag or by keys."""
