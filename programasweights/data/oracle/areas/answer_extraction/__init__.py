"""Reasoning and answer extraction: the answer, and what belongs to it, out of text that surrounds it."""
