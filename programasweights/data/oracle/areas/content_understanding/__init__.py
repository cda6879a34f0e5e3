"""Content understanding: what a text says of who, what, when, where and how much."""
