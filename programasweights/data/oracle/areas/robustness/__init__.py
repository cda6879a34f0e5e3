"""Robustness to variations: the same task under typing errors, odd formats, left-overs and distractors."""
