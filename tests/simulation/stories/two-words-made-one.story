# A text that began without a blank was put behind what the other side had added before it: two words became one.
seed=3217 devices=3 page=1000 old=0
1 meet actor=2 dice=775582
5 sync actor=2 dice=754145 steps=1
7 sync actor=1 dice=124438 steps=100
10 type actor=1 about=1 dice=292234
11 sync actor=1 dice=84150 steps=1
12 restart actor=1 dice=449892
20 type actor=office about=1 dice=734521
21 strike actor=1 about=1 dice=655382
22 sync actor=1 dice=402057 steps=1
23 sync actor=0 dice=358701 steps=1
29 sync actor=0 dice=764164 steps=1
31 sync actor=2 dice=53098 steps=100
32 type actor=0 about=1 dice=798272
39 type actor=2 about=1 dice=803357
