"""What people do: one file per intention. Joins core, store, media and platforms."""
