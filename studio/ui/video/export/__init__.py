"""The export sheet and its queue."""
