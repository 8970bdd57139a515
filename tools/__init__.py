"""Set-up, resources and translations. Run from the checkout; the studio itself needs none of it."""
