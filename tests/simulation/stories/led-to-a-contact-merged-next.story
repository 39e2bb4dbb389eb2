# A change led to a contact that the same device merges next, without having seen that, was not taken along.
seed=49140 devices=2 page=1000 old=0
1 meet actor=1 dice=950718
2 meet actor=1 dice=907824
3 meet actor=0 dice=404688
12 sync actor=1 dice=215129 steps=1
17 sync actor=0 dice=542762 steps=100
21 merge actor=0 about=1 with=2 dice=106362
23 sync actor=1 dice=181338 steps=100
25 set actor=1 about=2 dice=408486
27 merge actor=1 about=3 with=1 dice=273086
