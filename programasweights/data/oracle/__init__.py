"""Task families whose answers are right by construction.

params     what a spec says: labels, tokens, numbers, choices
grammar    how it says it: phrasings with slots and alternatives, read back by the checks
family     a family: phrasings, parameters and the function that makes (input, output) pairs
task       one spec of a family with its pairs, checked and balanced
banks      words, names, sentences and noise that inputs are made of
areas      the families themselves, one module or package an area
registry   all of them
"""
