# A conflict was left about a telephone number that Ben had chosen and taken back, with the one that he took it back to:
# Ana had replaced that meanwhile.
seed=7012756 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=845732
2 meet actor=1 with=1 dice=69875
3 meet actor=0 with=1 dice=58544
5 sync actor=0 dice=537655 steps=1
6 sync actor=1 dice=801009 steps=100
7 sync actor=0 dice=938011 steps=100
12 merge actor=0 about=2 with=1 dice=433258
16 import actor=1 dice=410558
17 merge actor=1 about=3 with=2 dice=472209
21 meet actor=1 with=3 dice=633427
24 merge actor=1 about=21 with=3 dice=935673
27 sync actor=1 dice=449075 steps=1
28 sync actor=0 dice=867066 steps=100
31 attend actor=1 about=1 with=1 dice=611420
37 sync actor=1 dice=82014 steps=100
41 unmerge actor=1 about=1 dice=556773
42 merge actor=0 about=21 with=21 dice=53031
46 merge actor=1 about=21 with=3 dice=719107
57 unmerge actor=1 about=1 dice=41827
