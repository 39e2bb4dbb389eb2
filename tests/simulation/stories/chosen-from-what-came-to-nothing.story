# With a merge of the same two the other way round: Ben chose a name in the place of one that he had entered, and then
# that of the two for a third one. The server took what he had entered for somebody's later word, and gave it to all.
seed=130010103 devices=2 page=1000 old=0 push=0
2 meet actor=1 dice=425256
3 meet actor=1 dice=66151
18 meet actor=1 with=1 dice=102144
27 set actor=1 about=2 dice=102732
28 sync actor=1 dice=500120 steps=1
35 sync actor=0 dice=607734 steps=100
36 merge actor=0 about=2 with=2 dice=7178
42 sync actor=0 dice=966767 steps=1
43 set actor=1 about=18 dice=329017
51 merge actor=office about=2 with=2 dice=261078
61 merge actor=1 about=18 with=2 dice=39544
63 merge actor=1 about=3 with=1 dice=381107
