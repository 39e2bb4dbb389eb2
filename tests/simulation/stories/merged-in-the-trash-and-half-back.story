# Gone for good: a trial of a patient. Ben threw two contacts away, whom Ana merged into one before she heard of that. The
# contact came back without what had gone to the trash with both; and of that the trash shows only some.
seed=51002508 devices=2 page=1000 old=0 push=0
2 meet actor=1 dice=101090
3 meet actor=1 dice=555900
4 sync actor=0 dice=527166 steps=1
9 sync actor=0 dice=409262 steps=2
10 specialty actor=1 about=2 dice=719131
22 sync actor=1 dice=898518 steps=1
23 sync actor=0 dice=503419 steps=100
24 sync actor=1 dice=980728 steps=1
28 specialty actor=1 about=3 dice=981997
33 enrol actor=0 about=2 dice=242949
58 sync actor=1 dice=26444 steps=1
60 sync actor=0 dice=801305 steps=100
62 enrol actor=0 about=3 dice=230803
63 sync actor=0 dice=539100 steps=1
72 merge actor=0 about=2 with=3 dice=344022
74 sync actor=1 dice=501142 steps=100
76 trash actor=1 about=2 dice=189293
77 trash actor=1 about=3 dice=120605
79 sync actor=1 dice=414670 steps=1
