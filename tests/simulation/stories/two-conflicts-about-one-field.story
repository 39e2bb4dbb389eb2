# A second conflict about the same field took the place of the first, whose own side was not seen by anybody again.
seed=4917 devices=2 page=1000 old=0
1 meet actor=1 dice=790351
4 sync actor=1 dice=937495 steps=1
6 sync actor=0 dice=869850 steps=2
7 enrol actor=0 about=1 dice=174211
16 sync actor=0 dice=938726 steps=1
21 sync actor=0 dice=931521 steps=1
24 stage actor=0 about=7 dice=206362
25 restart actor=0 dice=621300
28 stage actor=office about=7 dice=183752
43 sync actor=0 dice=34924 steps=2
45 stage actor=office about=7 dice=44360
46 stage actor=0 about=7 dice=981979
