# With somebody else: a visit. A contact was merged into a second, that into a third, and so on; then the first was
# taken out, and merged with the last. When Ben took out one of those in between, that one took along the visit of the
# first, since a merge that stands had handed it on.
seed=906206 devices=2 page=1000 old=0
2 meet actor=0 dice=15850
3 meet actor=0 dice=613401
8 meet actor=0 with=3 dice=53441
9 merge actor=0 about=3 with=8 dice=747190
32 merge actor=0 about=8 with=8 dice=48351
33 meet actor=0 with=3 dice=748156
43 meet actor=0 with=3 dice=727376
45 merge actor=0 about=43 with=38 dice=799629
46 merge actor=0 about=33 with=33 dice=368447
50 unmerge actor=0 about=1 dice=492620
58 sync actor=0 dice=999885 steps=1
70 merge actor=0 about=1 with=43 dice=763941
71 sync actor=1 dice=170076 steps=2
79 unmerge actor=1 about=1 dice=831531
