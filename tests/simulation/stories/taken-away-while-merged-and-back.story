# Ben took away somebody who had not been at a visit, and was asked whether he meant it: Ana had merged that one meanwhile, so
# that an attendee alike was kept instead, and had taken them apart again, which brought the attendee back.
seed=3426 devices=2 page=1000 old=0 push=2
1 meet actor=0 dice=538791
2 meet actor=0 dice=409681
3 meet actor=0 dice=580642
10 merge actor=0 about=2 with=1 dice=418336
12 meet actor=1 with=1 dice=316391
13 sync actor=0 dice=775450 steps=6
15 sync actor=1 dice=147472 steps=100
18 attend actor=1 about=12 with=12 dice=623927
21 merge actor=0 about=3 with=1 dice=750410
28 sync actor=1 dice=213982 steps=1
54 attend actor=1 about=12 with=1 dice=80649
57 unmerge actor=0 about=1 dice=494375
