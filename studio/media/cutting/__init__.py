"""Help with cutting: scenes, stabilising, a focal point to follow."""
