"""Yigao 一稿: an offline-first desktop content studio."""

__version__ = "0.1.0"
