# Lost: that somebody was at a visit. It was kept once for two contacts who were merged; what was kept went to a third
# one, who was taken out of them and of whom somebody said that it is theirs, and the other's did not come back.
seed=6332 devices=2 page=1000 old=0
1 meet actor=0 dice=376482
2 meet actor=1 with=1 dice=661430
3 meet actor=0 dice=834165
6 meet actor=1 with=2 dice=169931
7 merge actor=1 about=2 with=1 dice=352449
9 sync actor=0 dice=972836 steps=1
10 sync actor=1 dice=896038 steps=1
15 merge actor=office about=3 with=6 dice=774787
27 sync actor=0 dice=972580 steps=100
28 sync actor=1 dice=399164 steps=100
41 attend actor=0 about=6 with=6 dice=495313
45 merge actor=1 about=3 with=2 dice=278690
47 sync actor=0 dice=58499 steps=1
53 sync actor=1 dice=830174 steps=1
78 unmerge actor=office about=1 dice=336952
