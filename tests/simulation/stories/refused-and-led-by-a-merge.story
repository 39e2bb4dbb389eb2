# An attendee was somebody else's: Ana's entry was refused, and went again with a merge that had led it to another
# contact, as that one's. There it stayed when a further merge was taken apart by which that one was a part of a third.
seed=8002236 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=539778
2 meet actor=1 dice=167858
3 meet actor=1 dice=715766
6 merge actor=1 about=2 with=3 dice=458317
12 attend actor=1 about=1 with=2 dice=218213
17 sync actor=1 dice=326351 steps=1
19 submit actor=1 about=1 dice=130099
23 sync actor=0 dice=538090 steps=100
28 merge actor=1 about=3 with=2 dice=281796
34 unmerge actor=0 about=1 dice=597653
35 attend actor=0 about=1 with=33 dice=585009
38 sync actor=1 dice=692488 steps=2
45 unmerge actor=1 about=1 dice=517795
50 sync actor=0 dice=527403 steps=100
51 merge actor=0 about=2 with=1 dice=478896
65 merge actor=1 about=33 with=11 dice=417318
66 sync actor=1 dice=248946 steps=2
73 unmerge actor=1 about=33 dice=913947
