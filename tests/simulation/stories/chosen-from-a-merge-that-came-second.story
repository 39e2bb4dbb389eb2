# Of two merges of one person the second did nothing; what it had put into its kept contact was taken for a value
# that somebody else had cleared when that one was merged further, and was cleared there.
seed=46559 devices=2 page=1000 old=0
1 meet actor=1 dice=31392
2 meet actor=0 dice=914942
3 meet actor=1 dice=703923
4 set actor=1 about=1 dice=325448
6 sync actor=1 dice=787431 steps=1
20 sync actor=0 dice=107294 steps=100
37 meet actor=0 dice=329335
43 sync actor=0 dice=980716 steps=1
53 sync actor=1 dice=252928 steps=100
56 meet actor=1 dice=700707
59 merge actor=1 about=37 with=37 dice=672004
60 merge actor=0 about=56 with=3 dice=580330
71 merge actor=1 about=1 with=37 dice=250331
