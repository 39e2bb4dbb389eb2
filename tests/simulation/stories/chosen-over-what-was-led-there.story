# Unchosen: Ana chose a given name with a merge in place of one that had come from a part of a part of hers. Ben took that
# part out, and her merge, whose particulars stood upon it, was made anew without what she had chosen.
seed=72002435 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=205133
2 meet actor=1 dice=466334
3 meet actor=1 with=2 dice=35484
10 sync actor=1 dice=695784 steps=1
32 sync actor=0 dice=11495 steps=100
35 import actor=1 dice=474521
36 merge actor=0 about=3 with=3 dice=156081
41 merge actor=1 about=2 with=2 dice=718628
43 sync actor=1 dice=916092 steps=2
44 sync actor=0 dice=996590 steps=100
47 unmerge actor=0 about=1 dice=300514
51 merge actor=0 about=3 with=50 dice=597956
52 merge actor=0 about=3 with=50 dice=432768
55 merge actor=0 about=1 with=2 dice=50792
75 unmerge actor=1 about=2 dice=905610
