# Two contacts had the same to give to a third one, of whom they were parts. Ana took back what she had chosen for one of them,
# and the third one's went as well, though it was the other one's; when both had been taken out, it was there again.
seed=12113813 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=993333
2 meet actor=0 dice=305001
3 meet actor=0 dice=770701
8 sync actor=1 dice=954513 steps=1
9 sync actor=0 dice=305229 steps=100
25 sync actor=1 dice=540139 steps=100
35 merge actor=1 about=2 with=1 dice=648132
36 set actor=0 about=1 dice=597710
41 meet actor=1 dice=851579
42 merge actor=1 about=33 with=1 dice=225238
46 sync actor=0 dice=138360 steps=1
47 sync actor=1 dice=485023 steps=2
49 unmerge actor=1 about=1 dice=980789
51 merge actor=1 about=41 with=3 dice=924394
60 merge actor=0 about=2 with=3 dice=114082
69 merge actor=0 about=33 with=41 dice=556122
73 merge actor=1 about=41 with=1 dice=381505
74 sync actor=1 dice=723496 steps=1
77 unmerge actor=1 about=1 dice=287251
80 unmerge actor=0 about=1 dice=211693
82 unmerge actor=1 about=1 dice=101115
