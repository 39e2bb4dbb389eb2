seed=220002443 devices=4 page=1000 old=0 push=0
1 meet actor=3 dice=728567
2 meet actor=2 with=1 dice=540243
3 meet actor=3 dice=443898
19 sync actor=0 dice=869954 steps=100
35 meet actor=0 dice=33783
37 sync actor=0 dice=504065 steps=1
40 sync actor=2 dice=852117 steps=1
41 sync actor=0 dice=662106 steps=2
45 sync actor=3 dice=642249 steps=1
46 sync actor=0 dice=85341 steps=2
49 set actor=office about=1 dice=760322
51 sync actor=3 dice=403318 steps=1
52 sync actor=3 dice=305734 steps=2
53 merge actor=0 about=35 with=35 dice=72753
69 merge actor=3 about=58 with=35 dice=886819
72 set actor=office about=1 dice=545911
75 merge actor=3 about=3 with=35 dice=975366
