"""Traditional NLP: entities, relations, intents, sentiment, languages, tokens, restoring, references, dialogue."""
