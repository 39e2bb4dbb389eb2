seed=150002603 devices=3 page=1000 old=2 push=0
1 meet actor=2 dice=968324
2 meet actor=1 dice=785156
5 merge actor=0 about=3 with=2 dice=34738
6 sync actor=1 dice=337183 steps=1
10 sync actor=0 dice=545674 steps=100
19 sync actor=2 dice=620472 steps=100
20 merge actor=0 about=2 with=2 dice=287425
37 sync actor=1 dice=186371 steps=100
38 merge actor=2 about=2 with=28 dice=713634
50 specialty actor=1 about=1 dice=302717
51 sync actor=2 dice=46219 steps=1
58 sync actor=1 dice=520060 steps=1
59 import actor=0 dice=855139
61 unmerge actor=0 about=1 dice=456237
65 merge actor=0 about=3 with=3 dice=840368
70 unmerge actor=2 about=1 dice=250124
79 merge actor=0 about=76 with=76 dice=253676

