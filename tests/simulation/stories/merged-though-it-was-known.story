# Nothing: Ana's merge came to nothing, as Ben had merged the same contact into another one, of which she had heard; the
# simulation took his merge for hers, which stands, and missed what she had chosen.
seed=8519417 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=628228
2 meet actor=0 with=1 dice=500139
4 sync actor=1 dice=390474 steps=1
12 sync actor=0 dice=516180 steps=100
18 book actor=1 about=1 dice=664570
19 merge actor=0 about=2 with=1 dice=756687
31 sync actor=0 dice=37248 steps=2
32 unmerge actor=0 about=3 dice=310043
37 sync actor=1 dice=945352 steps=100
47 merge actor=1 about=3 with=3 dice=202014
50 sync actor=0 dice=944110 steps=1
51 sync actor=1 dice=343712 steps=1
52 sync actor=0 dice=185359 steps=2
55 merge actor=0 about=2 with=1 dice=402904
58 sync actor=0 dice=591995 steps=1
63 unmerge actor=0 about=3 dice=737512
66 merge actor=0 about=1 with=2 dice=490454
