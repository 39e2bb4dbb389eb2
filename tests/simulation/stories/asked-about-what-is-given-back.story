# No quarrel of the undoing: Ben chose a phone number with a merge while Ana had chosen another, and was asked. Ana chose
# the same as he by another merge, and took that back: hers was there again, and Ben is asked all the same.
seed=60006599 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=117472
2 meet actor=0 dice=444816
3 meet actor=1 with=2 dice=114224
5 sync actor=0 dice=502524 steps=1
15 meet actor=0 with=3 dice=335962
24 meet actor=1 with=1 dice=74466
33 sync actor=1 dice=18016 steps=100
39 merge actor=0 about=24 with=15 dice=804720
47 merge actor=0 about=3 with=1 dice=175003
48 merge actor=1 about=45 with=3 dice=923302
52 merge actor=1 about=24 with=45 dice=726808
53 merge actor=1 about=15 with=15 dice=803149
56 sync actor=0 dice=745086 steps=100
58 trash actor=0 about=24 dice=196078
61 unmerge actor=0 about=1 dice=723720
62 sync actor=1 dice=521882 steps=1
67 merge actor=0 about=15 with=45 dice=685293
75 sync actor=0 dice=549860 steps=100
76 unmerge actor=0 about=1 dice=566965
