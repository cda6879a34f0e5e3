"""Words to encrypt, and word problems that ask for it."""

from programasweights.data.oracle.draw import Draw

__all__ = ["WORDS", "question"]

WORDS = tuple(
    """
    able acid ajar arm baby back ball band bank bark barn bath beach bean bear bed bell belt bird boat body bone book
    boot bowl box boy bread brick broom brush bus cake camp car card cart cat chair chalk cheese city clay clock cloud
    coal coat coin corn cow cream crow cup dance day deer desk dish dog door drum duck dust ear egg exit eye fan farm
    field fig fire fish flag floor fly foot fork fox frog fruit game gate girl glass goat gold grape hair hand hat hen
    hill horn horse house ice ink jam jar joke key king kite knee lake lamp leaf lemon lion lock map meal melon milk
    mint moon mouse nail neck nest night nose nut oak oil onion oven owl paint paper park path pear pen piano pie pig
    pipe plane plum pond queen quiz rabbit rain ring river road rock roof rope rose sail salt sand seed sheep ship shoe
    silk snow soap sock song soup spoon star stone sugar sun table tail tea tent tiger tooth tower toy train tree truck
    uncle valley van vase violin voice wall water wave whale wheel wind wolf wood wool yard year yellow zebra zero
    """.split()  # noqa: SIM905
)
"""Common words of three to seven letters a to z."""

_QUESTIONS = (
    "How is '{word}' written in {f} with shift {shift}?",
    "Ana sends Ben the word '{word}' in {f} with shift {shift}. What does she write?",
    "A spy hides '{word}' with {f} and shift {shift}. What stands on the note?",
    "Encrypt '{word}' with {f}, shift {shift}.",
    "The shift is {shift} and the cipher {f}. What becomes of '{word}'?",
    "Tom labels a box of '{word}' in {f} with shift {shift}. What does the label say?",
    "What is {f}('{word}', {shift})?",
    "A door opens when '{word}' is typed in {f} with shift {shift}. What has to be typed?",
    "Mia's diary has '{word}' in {f}, with shift {shift}. Which letters are on the page?",
    "Someone set the wheel of {f} to shift {shift} and entered '{word}'. What came out?",
)


def question(draw: Draw, name: str, word: str, shift: int) -> str:
    """A word problem: what the cipher of this name makes of the word."""
    return draw.pick(_QUESTIONS).format(f=name, word=word, shift=shift)
