# Ben has put a contact into a territory that was refused, and gone on with what had been another one's, who was taken
# out again. Nothing was taken of it; that it had moved before the check took for a part of it.
seed=631030302 devices=4 page=1000 old=0 push=0
1 meet actor=1 dice=991268
2 meet actor=1 dice=510569
3 meet actor=1 with=2 dice=412063
9 merge actor=1 about=2 with=1 dice=492464
10 sync actor=1 dice=980524 steps=1
12 sync actor=0 dice=696312 steps=100
17 merge actor=0 about=3 with=2 dice=325839
26 sync actor=0 dice=10563 steps=1
28 assign actor=1 about=3 dice=549226
30 sync actor=2 dice=696358 steps=100
31 unmerge actor=2 about=3 dice=177612
34 sync actor=1 dice=684679 steps=100
40 assign actor=1 about=3 dice=300213
61 sync actor=2 dice=532895 steps=1
66 sync actor=1 dice=226349 steps=100
76 type actor=1 about=1 dice=737071
