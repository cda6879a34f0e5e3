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
        "price",
        "Extract the price with its currency.",
        (
            ("The ticket costs 25 EUR", "25 EUR"),
            ("It is 9.99 USD today", "9.99 USD"),
            ("You pay 100 GBP in total", "100 GBP"),
        ),
        ("A coffee is 3.50 EUR here", "They ask for 40 USD", "The rent is 900 GBP a month"),
    ),
    Sample(
        "date",
        "Write the date as year-month-day.",
        (
            ("March 5, 2021", "2021-03-05"),
            ("12 July 1999", "1999-07-12"),
            ("January 30, 2008", "2008-01-30"),
        ),
        ("May 4, 2020", "9 October 2015", "December 25, 2001"),
    ),
    Sample(
        "polite request",
        "Make the sentence polite.",
        (
            ("Give me the report", "Could you please give me the report?"),
            ("Close the door", "Could you please close the door?"),
            ("Send the file", "Could you please send the file?"),
        ),
        ("Bring the coffee", "Call me tomorrow", "Open the window"),
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
