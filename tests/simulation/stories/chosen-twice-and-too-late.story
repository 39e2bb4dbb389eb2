# A value chosen in a merge that came second was taken back as if somebody else had changed it.
seed=33683 devices=2 page=1000 old=0
1 meet actor=0 dice=767426
2 meet actor=1 dice=151018
3 meet actor=0 dice=844992
19 sync actor=0 dice=88662 steps=1
25 merge actor=0 about=3 with=3 dice=316507
41 sync actor=1 dice=460 steps=100
44 merge actor=1 about=3 with=1 dice=901673
50 merge actor=1 about=2 with=2 dice=614657
