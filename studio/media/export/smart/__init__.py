"""Keeping a source's own packets where nothing changes its picture, and encoding only around the cuts."""
