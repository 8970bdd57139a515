"""Posting by hand: the small window that stays on top while a person posts on the platform's own page."""
