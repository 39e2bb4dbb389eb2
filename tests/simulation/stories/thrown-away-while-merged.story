# In parts: Ana threw a contact away whom Ben had merged into another one meanwhile. That was for nothing, but their journey went
# to the trash all the same, as it was the other one's by then, and was missing when he took the two apart.
seed=94133107 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=410977
2 meet actor=0 dice=110804
3 meet actor=0 with=1 dice=905793
6 sync actor=0 dice=74718 steps=1
7 sync actor=1 dice=979430 steps=2
18 enrol actor=1 about=2 dice=504453
49 sync actor=1 dice=956982 steps=1
52 merge actor=1 about=3 with=1 dice=905742
58 merge actor=1 about=2 with=1 dice=530847
62 sync actor=1 dice=738765 steps=1
63 unmerge actor=1 about=1 dice=276365
72 enrol actor=0 about=3 dice=427238
75 unmerge actor=1 about=1 dice=640633
77 trash actor=0 about=3 dice=973261
