"""Contexts that a spec's text stands in while it is learnt: twenty, in plain words, for tasks of any kind."""

__all__ = ["SPEC_CONTEXTS"]

SPEC_CONTEXTS = (
    "{text}",
    "Task: {text}",
    "What has to be done:\n{text}",
    "Q: What are you asked to do?\nA: {text}",
    "My job today is this.\n\n{text}",
    "From the handbook:\n\n{text}",
    "To all who work here:\n{text}\nThank you.",
    "Instructions for every input that comes in\n\n{text}",
    "Whatever I am given, I keep to this:\n{text}",
    "Note on the wall: {text}",
    "The customer wrote what the program should do:\n\n{text}",
    "Here is how each line is to be handled.\n{text}",
    "Remember this:\n{text}",
    "=== Task ===\n{text}\n============",
    "The teacher gave us this exercise:\n\n{text}",
    "Dear colleague,\n\nplease do the following from now on:\n{text}\n\nKind regards",
    "I was told to do only one thing:\n{text}",
    "Rule number one.\n\n{text}",
    "A function works like this:\n{text}",
    "Ana asked what it does. Ben said:\n{text}",
)
