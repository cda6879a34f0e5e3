"""Base models: sources, conversion, tokenizer, engine, KV cache, decoding. Knows nothing of programs."""
