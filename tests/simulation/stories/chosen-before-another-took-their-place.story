# When a physician sees reps, which Ben had preferred of two that he merged and given to a third one, who had nothing: Ana
# took the first one out, so that the third one got the second one's, and merged them again. It stayed so, though they were
# one as Ben had made them.
seed=400020251 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=942855
2 meet actor=1 dice=372235
3 meet actor=0 with=1 dice=492091
9 specialty actor=0 about=1 dice=278678
12 merge actor=0 about=3 with=2 dice=807072
17 sync actor=0 dice=960313 steps=1
25 specialty actor=1 about=2 dice=344610
26 sync actor=1 dice=827845 steps=100
33 merge actor=1 about=3 with=2 dice=418588
34 sync actor=0 dice=12510 steps=1
48 import actor=0 dice=813429
54 sync actor=0 dice=521094 steps=1
59 sync actor=1 dice=298587 steps=100
64 merge actor=1 about=49 with=2 dice=478083
66 unmerge actor=0 about=1 dice=146712
69 sync actor=1 dice=898050 steps=1
70 merge actor=0 about=3 with=1 dice=605629
