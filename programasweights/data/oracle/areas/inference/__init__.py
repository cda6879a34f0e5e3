"""Inference and reasoning: what follows, what is in conflict, and what can be worked out from stated facts."""
