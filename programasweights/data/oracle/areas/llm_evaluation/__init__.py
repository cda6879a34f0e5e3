"""LLM evaluation and comparison: grading answers of models, comparing them, and reading verdicts of judges."""
