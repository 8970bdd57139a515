"""The sound of a timeline: mixing at 48 kHz, loudness, wave forms, silence and beats."""
