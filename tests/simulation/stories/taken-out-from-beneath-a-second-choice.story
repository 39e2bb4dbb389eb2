# Not theirs: the phone of a contact. Ana took in two, the second of whom Ben had merged already, so that her choice became
# his merge's; both took out again whom they had merged, and what Ben's gave back was what Ana had of the first.
seed=9652164 devices=2 page=1000 old=0 push=3
1 meet actor=1 dice=434842
2 meet actor=1 with=1 dice=196807
3 meet actor=1 with=2 dice=358195
7 attend actor=1 about=1 with=1 dice=521574
13 merge actor=1 about=3 with=3 dice=602570
20 sync actor=1 dice=180059 steps=8
28 sync actor=0 dice=560106 steps=2
31 unmerge actor=1 about=1 dice=241357
38 merge actor=0 about=3 with=36 dice=982179
40 merge actor=0 about=23 with=1 dice=203863
45 sync actor=0 dice=616545 steps=1
46 unmerge actor=0 about=1 dice=554645
