# No loss: Ana wrote another word on one side of an overlap, both sides of which had the old one. Ben took the other side
# away, and with it the overlap: hers stands in the old one's place.
seed=93000525 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=147204
3 meet actor=office with=1 dice=194827
7 sync actor=1 dice=592015 steps=100
10 sync actor=0 dice=562181 steps=100
15 strike actor=0 about=1 dice=778285
16 type actor=1 about=3 dice=846436
19 sync actor=1 dice=255237 steps=1
20 strike actor=1 about=3 dice=567886
27 sync actor=0 dice=482363 steps=3
39 type actor=0 about=3 dice=164113
41 sync actor=0 dice=546034 steps=1
46 rewrite actor=0 about=3 dice=896130
53 sync actor=1 dice=125522 steps=2
