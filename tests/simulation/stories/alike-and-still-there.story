# Gone: an attendee. Of two who had been made one and were at a visit, somebody took away the one that is kept for both,
# when the server had told the merge and not yet that the other attendee was kept once: they still saw it.
seed=7020130 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=618911
2 meet actor=0 dice=201699
3 meet actor=0 dice=477531
18 sync actor=1 dice=454672 steps=1
29 sync actor=0 dice=776424 steps=100
34 attend actor=0 about=3 with=3 dice=10785
46 merge actor=office about=1 with=3 dice=715006
49 sync actor=0 dice=808200 steps=3
52 attend actor=office about=3 with=3 dice=342245
54 clock actor=0 dice=378675
56 sync actor=0 dice=422997 steps=1
58 sync actor=0 dice=459669 steps=1
60 merge actor=0 about=3 with=1 dice=645832
61 sync actor=0 dice=857464 steps=7
63 attend actor=0 about=3 with=1 dice=878179
