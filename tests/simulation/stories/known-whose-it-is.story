# Two whom Ana has made one were at a visit of Ben's, who makes them a part of a third. She takes them out of that one, and
# out of them somebody else: who was at the visit is known, and is not given to that one.
seed=300004700 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=398507
2 meet actor=1 with=1 dice=354254
3 meet actor=0 dice=590939
8 sync actor=1 dice=726872 steps=1
10 meet actor=1 with=2 dice=649377
11 meet actor=1 dice=32902
16 sync actor=0 dice=253413 steps=100
25 merge actor=0 about=2 with=1 dice=710696
28 merge actor=1 about=11 with=2 dice=934237
31 merge actor=0 about=2 with=3 dice=722739
32 sync actor=1 dice=92977 steps=1
33 sync actor=1 dice=553365 steps=1
60 sync actor=0 dice=417169 steps=100
61 unmerge actor=0 about=10 dice=308117
62 unmerge actor=0 about=10 dice=687638
