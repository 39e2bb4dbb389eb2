# With somebody else: a merge of Ben's was refused that had taken in somebody with parts; the office took one of those
# out, and Ben undid the merge. He was asked whose a follow-up is, and his answer gave it to somebody else.
seed=370020179 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=1068
2 meet actor=0 with=1 dice=364352
3 meet actor=0 dice=899563
6 meet actor=0 dice=472784
7 sync actor=0 dice=578208 steps=1
9 sync actor=1 dice=638228 steps=100
15 merge actor=1 about=6 with=2 dice=602327
16 merge actor=1 about=6 with=3 dice=106293
21 merge actor=1 about=6 with=6 dice=781157
22 specialty actor=1 about=6 dice=956573 crash=device crash-at=3 after=1
26 unmerge actor=1 about=6 dice=974036
32 merge actor=1 about=2 with=6 dice=512313
37 specialty actor=0 about=2 dice=324669
38 merge actor=1 about=3 with=3 dice=263708
40 sync actor=0 dice=845596 steps=2
41 unmerge actor=1 about=24 dice=790360
53 sync actor=1 dice=259075 steps=2
54 merge actor=1 about=48 with=6 dice=431065
59 unmerge actor=office about=56 dice=705905
68 unmerge actor=1 about=67 dice=762981
73 unmerge actor=1 about=48 dice=938952
74 sync actor=1 dice=64468 steps=2
75 resolve actor=1 dice=451002
