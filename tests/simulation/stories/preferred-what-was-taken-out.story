# Dan makes one contact a part of another and leaves that one when it sees reps, not knowing that this is a third one's again,
# whom Cleo has taken out of it. What the merged one says of it is not given up for that.
seed=320003535 devices=4 page=1000 old=1 push=0
1 meet actor=office dice=128043
3 meet actor=1 with=2 dice=226496
8 sync actor=2 dice=177242 steps=100
12 meet actor=0 dice=107543
14 specialty actor=0 about=12 dice=765202
19 specialty actor=2 about=1 dice=66542
20 sync actor=0 dice=756428 steps=1
21 meet actor=2 dice=388636
27 sync actor=1 dice=709493 steps=1
28 sync actor=3 dice=61537 steps=100
41 merge actor=2 about=21 with=12 dice=28141
43 sync actor=2 dice=781581 steps=1
58 import actor=3 dice=953129
61 unmerge actor=2 about=21 dice=256001
65 sync actor=3 dice=956318 steps=100
67 merge actor=3 about=64 with=1 dice=331490
68 merge actor=3 about=21 with=2 dice=101990
