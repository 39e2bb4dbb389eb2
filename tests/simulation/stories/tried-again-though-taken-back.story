# Right: the contacts stay two on the screen. Cleo tries a merge again that was refused, as was taking it back.
seed=31002138 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=463941
6 sync actor=2 dice=59934 steps=100
10 merge actor=2 about=3 with=2 dice=824782
17 sync actor=2 dice=6484 steps=1
36 unmerge actor=2 about=1 dice=452127
48 sync actor=2 dice=395030 steps=2
49 mend actor=2 dice=519247
