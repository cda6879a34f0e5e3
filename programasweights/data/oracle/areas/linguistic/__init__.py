"""Linguistic analysis: word classes, verb forms, sentence structure, word formation, meaning, sounds, style."""
