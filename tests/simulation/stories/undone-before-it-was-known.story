# Kept by the wrong contact: a visit that came with somebody whom Ana had merged into the one whom Ben merged and took apart
# again, before he had heard of it: the server moved it along, and did not give it back.
seed=3744 devices=2 page=1000 old=0
6 meet actor=1 dice=305584
12 meet actor=0 dice=179995
14 sync actor=0 dice=881966 steps=1
15 sync actor=1 dice=157156 steps=100
21 sync actor=0 dice=22201 steps=100
25 merge actor=0 about=12 with=6 dice=713049
28 meet actor=1 dice=420667
43 merge actor=1 about=28 with=12 dice=546047
65 unmerge actor=1 about=28 dice=456091
