"""MoviePy: the effects that run through it, and the bridge to and from its clips. Imported late, and only here."""
