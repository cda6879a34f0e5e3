"""Integration with code."""
