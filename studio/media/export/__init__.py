"""From a timeline to a file: presets, encoders, smart copy."""
