"""Measures compilers and their rivals: suites of tasks, systems under test, metrics, reports.

suites     tasks with inputs and right answers, from records, collections and WRENCH
systems    what is measured, behind one interface
metrics    scores of one answer, means and intervals
bench      runs systems on suites, sums up
kept       answers in a file, taken up again by a later run
report     a Markdown table, plots, samples of wrong answers
pictures   the same for questions on pictures, with blind controls
"""
