"""Training data written by a language model behind an endpoint: specs for an area first, then pairs for a spec."""
