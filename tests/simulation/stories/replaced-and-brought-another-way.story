# What Ben has entered of a contact went along with Ana's merge, and she replaced it. By merges of his own it comes to hers once
# more, from where she had none: it is the same, and nobody is asked.
seed=320003563 devices=2 page=1000 old=0 push=2
1 meet actor=0 dice=423201
2 meet actor=0 dice=701335
3 meet actor=1 with=2 dice=693918
8 sync actor=0 dice=410419 steps=100
10 sync actor=1 dice=905663 steps=100
12 trash actor=1 about=1 dice=867921
32 set actor=1 about=2 dice=176156
52 sync actor=1 dice=340387 steps=100
55 merge actor=1 about=3 with=1 dice=115903
56 merge actor=0 about=3 with=2 dice=512863
57 recover actor=1 about=1 dice=611226
65 sync actor=0 dice=575696 steps=2
66 merge actor=1 about=2 with=2 dice=41704
70 set actor=0 about=1 dice=399613
