# Ben chose a name, merging a contact who had it from the office's merge, and undid the office's: the name went back. Then came
# Ana's merge of the same two, with which she had chosen it as well: there it is again, and nothing is wrong with that.
seed=13214494 devices=3 page=1000 old=0 push=0
2 meet actor=1 dice=446153
3 meet actor=2 dice=181182
16 sync actor=2 dice=237343 steps=1
17 sync actor=1 dice=289922 steps=1
27 meet actor=0 dice=185950
47 sync actor=0 dice=418048 steps=100
48 merge actor=0 about=27 with=2 dice=947796
50 merge actor=office about=27 with=27 dice=202362
51 sync actor=1 dice=655580 steps=100
68 merge actor=1 about=2 with=2 dice=220251
70 unmerge actor=1 about=2 dice=75998
80 sync actor=1 dice=316960 steps=1
