"""Core text processing: choosing, counting, changing and ordering the parts of a text."""
