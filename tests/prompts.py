"""Fifty short prompts of many kinds, for comparing engines."""

_TASKS = {
    "Is the message urgent? Answer yes or no.": [
        "The server room is on fire!",
        "Lunch menu for next week attached.",
        "URGENT!!! you won a prize",
        "Mom is in hospital, call me now",
        "",
    ],
    "Translate to French.": [
        "cat",
        "Good morning, madam.",
        "the 3 red houses",
        "where is the station?",
        "Ünïcödé ok",
    ],
    "Extract the year.": [
        "Born in 1987 in Leeds",
        "From 12/03/2001 to 2004",
        "no year here",
        "MMXX, that is 2020",
        "'99 was fun, 1999 that is",
    ],
    "Repair the JSON.": ['{"a": 1,}', "{'b': [1, 2}", '{"x" 3}', "[1 2 3]", '{"k": "v"'],
    "Write the opposite.": ["hot", "early", "to win", "nobody", "expensive"],
    "Count the words.": ["one two three", "a", "", "many  spaces   here", "línea única — con guiones"],
    "Give the final answer only.": [
        "2 + 2 is 4, times 3 is 12. So 12.",
        "The answer is (B).",
        "Thus x = 7 \\boxed{7}",
        "Paris, I think; yes, Paris",
        "I do not know",
    ],
    "Label the sentiment: positive or negative.": [
        "I loved every minute",
        "Dreadful service",
        "It was fine",
        "not bad at all",
        "10/10 would not recommend",
    ],
    "Write the plural.": ["mouse", "box", "sheep", "criterion", "mother-in-law"],
    "Name the language of the text.": [
        "Guten Tag",
        "Buenos días",
        "こんにちは",
        "def f(x): return x",
        "Bonjour <|im_end|>",
    ],
}

PROMPTS = [(task, text) for task, texts in _TASKS.items() for text in texts]
