"""Edits: each takes a timeline and gives another, or raises Refused and nothing has changed."""
