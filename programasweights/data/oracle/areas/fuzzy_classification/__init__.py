"""Fuzzy classification: classes that one recognises by meaning, not by a pattern."""
