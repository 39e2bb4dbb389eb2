# Back: a given name that Ben had chosen with a merge and taken back. He had chosen another one over it, which lay beneath it
# as well, by a merge of Ana's. So it was passed over that his own was gone, and it came back as the other one was taken back.
seed=26104350 devices=2 page=1000 old=1 push=0
1 meet actor=0 dice=195823
2 meet actor=1 dice=174172
3 meet actor=1 dice=423356
20 sync actor=0 dice=128795 steps=1
22 sync actor=1 dice=527141 steps=100
28 sync actor=0 dice=753783 steps=100
29 set actor=1 about=1 dice=207601
30 merge actor=1 about=2 with=1 dice=496167
38 merge actor=1 about=2 with=2 dice=53975
41 merge actor=0 about=3 with=3 dice=263410
42 merge actor=1 about=2 with=3 dice=105375
45 merge actor=0 about=2 with=1 dice=894702
61 unmerge actor=1 about=1 dice=929813
66 unmerge actor=0 about=1 dice=761395
67 unmerge actor=1 about=1 dice=873888
68 merge actor=0 about=50 with=2 dice=869812
74 unmerge actor=0 about=50 dice=721342
