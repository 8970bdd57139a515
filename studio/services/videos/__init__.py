"""The video projects of a workspace, and everything people do with them."""
