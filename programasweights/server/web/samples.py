"""Tasks to start from, on the page where functions are described: what the default model does well."""

from dataclasses import dataclass

__all__ = ["SAMPLES", "Sample"]


@dataclass(frozen=True)
class Sample:
    """A task with examples, and other inputs to try it on."""

    name: str
    spec: str
    examples: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]


SAMPLES = (
    Sample(
        "first name",
        "Extract the first name.",
        (
            ("My name is John Smith", "John"),
            ("I am Mary Jones from Leeds", "Mary"),
            ("This is Peter Brown speaking", "Peter"),
        ),
        ("I am Tom Hill, nice to meet you", "This is Laura Stone", "My name is Ada Lovelace"),
    ),
    Sample(
        "email address",
        "Extract the email address.",
        (
            ("Write to bob@mail.com today", "bob@mail.com"),
            ("ann.lee@corp.org is my address", "ann.lee@corp.org"),
        ),
        (
            "You can reach me at kim@example.com, thanks!",
            "Send it to help@example.org please",
            "My new address is leo.b@school.edu",
        ),
    ),
    Sample(
        "options to JSON",
        "Parse '(A) ... (B) ...' into a JSON dictionary from option label to text.",
        (
            ("(A) red (B) blue", '{"A": "red", "B": "blue"}'),
            ("(A) one (B) two (C) three", '{"A": "one", "B": "two", "C": "three"}'),
        ),
        ("(A) cat (B) dog", "(A) yes (B) no (C) maybe", "(A) tea (B) coffee (C) water"),
    ),
)
