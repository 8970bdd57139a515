"""Fixtures of the contract servers; loaded by pytest through pyproject.toml."""
