"""The inspector: the fields of what is chosen, drawn from their declarations."""
