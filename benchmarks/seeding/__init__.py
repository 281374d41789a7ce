"""Seeded errors: clean reports go in, copies with one change each and the truth of it come out.

trials      what one change is: the rule that should speak, and the place
scenes      invented offices, their registers and their reports
wordings    sentences to fill (wordings.toml), and which values make them true or false
composed    reports made for one rule each: alone, or two of one office that contradict each other
grids       tables, true and false
layouts     letterheads, signatures, annexes and chapters left out
real_texts  one change in a sentence of a text that was there before
harmless    changes that no rule may speak of
scores      precision, recall and false alarms

Nothing here imports a rule or its patterns: the sentences and the places are found by other means.
"""
