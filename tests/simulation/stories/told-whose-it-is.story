# Not theirs: who was at a visit. Ana was asked as she undid a merge, and said whose that is; another merge of before led it
# elsewhere when it was undone, as the one whom Ana had meant was merged again.
seed=51009144 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=438314
2 meet actor=0 dice=928309
3 meet actor=0 dice=67475
5 sync actor=0 dice=331510 steps=1
7 meet actor=1 dice=497772
10 sync actor=1 dice=440837 steps=100
13 sync actor=0 dice=621098 steps=100
21 merge actor=0 about=7 with=2 dice=175316
22 merge actor=0 about=3 with=2 dice=41877
29 attend actor=0 about=7 with=7 dice=560211
31 merge actor=1 about=2 with=3 dice=342690
32 sync actor=1 dice=787749 steps=1
34 unmerge actor=0 about=1 dice=852387
36 unmerge actor=1 about=2 dice=760332
40 sync actor=0 dice=934537 steps=100
44 sync actor=1 dice=987300 steps=100
58 unmerge actor=1 about=1 dice=674284
59 merge actor=0 about=3 with=3 dice=510804
