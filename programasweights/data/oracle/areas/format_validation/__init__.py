"""Format validation: whether a text has the stated shape, what is wrong with it, and its canonical form."""
