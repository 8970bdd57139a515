"""The controls every pane is built from. Import each from its own file, so start-up loads only what it shows."""
