# A text that began without a blank was put behind what the other side had added before it: two words became one.
seed=5338 devices=3 page=1000 old=0
1 meet actor=0 dice=73044
4 type actor=0 about=1 dice=911423
6 sync actor=0 dice=656770 steps=1
17 strike actor=0 about=1 dice=608256
28 type actor=office about=1 dice=278436
45 sync actor=0 dice=554940 steps=2
48 sync actor=2 dice=696318 steps=1
50 sync actor=2 dice=112129 steps=1
55 rewrite actor=office about=1 dice=736063
56 type actor=2 about=1 dice=19049
