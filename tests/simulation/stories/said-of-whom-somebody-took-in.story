# Ana and Ben had each said what a physician is like. Ana had made that contact a part of another one; what Ben had said was
# kept, deleted, as that one's, and stayed with it when he took the two apart and made it a part of a third.
seed=60018935 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=138515
2 meet actor=0 with=1 dice=266495
5 sync actor=0 dice=166298 steps=1
10 sync actor=1 dice=565139 steps=100
13 specialty actor=0 about=1 dice=653601
15 import actor=1 dice=977536
25 merge actor=0 about=3 with=3 dice=639866
33 specialty actor=1 about=1 dice=872009
68 sync actor=0 dice=916254 steps=2
69 sync actor=1 dice=660150 steps=100
70 unmerge actor=1 about=1 dice=451091
71 merge actor=1 about=3 with=2 dice=737652
