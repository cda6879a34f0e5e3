"""Bias and opinion: what people think, how sure they are, whom they side with, and how they word it."""
