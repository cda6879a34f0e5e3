"""Measures how well pictures are read: questions on held-out pictures, by systems and blind controls.

sample     a frozen sample of pictures as suites, one a task, and pictures of the training split beside it
chemistry  scores of SMILES
systems    what is measured, by name
report     one table and one figure, the paper's figures beside
run        runs systems on a sample and sums up
"""
