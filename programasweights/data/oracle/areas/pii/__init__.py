"""PII and privacy."""
