# With somebody else: that somebody was at a visit, which Ben could not see any more. That was refused, and his merge of them
# into another one taken. Ana undid it, and he did as well: what goes again was said to be the other one's.
seed=130024076 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=568926
2 meet actor=1 with=1 dice=85716
3 meet actor=0 dice=107307
4 sync actor=0 dice=654585 steps=1
7 sync actor=1 dice=886232 steps=100
13 merge actor=1 about=2 with=1 dice=859103
16 join actor=office dice=9968
21 assign actor=office about=1 dice=967562
22 attend actor=1 about=1 with=3 dice=144865
43 unmerge actor=1 about=3 dice=239333
49 merge actor=1 about=2 with=3 dice=196449
64 sync actor=1 dice=331097 steps=1
67 sync actor=0 dice=986828 steps=1
77 unmerge actor=1 about=1 dice=701763
78 sync actor=0 dice=948730 steps=2
80 unmerge actor=0 about=70 dice=672865
81 assign actor=0 about=1 dice=375901
