# With somebody else: a visit. Ben merged two contacts of whom the kept one was a part of a third by then. The server
# led his merge there, but remembered his device's word on where the visit had gone, and did not find it when he undid
# the merge.
seed=903306 devices=4 page=1000 old=0
1 meet actor=0 dice=19160
2 meet actor=0 dice=19968
3 meet actor=2 dice=14816
15 sync actor=0 dice=66739 steps=1
16 sync actor=1 dice=362603 steps=100
22 sync actor=2 dice=595594 steps=2
23 merge actor=0 about=2 with=3 dice=753015
26 sync actor=0 dice=620393 steps=100
30 sync actor=2 dice=384776 steps=2
31 merge actor=1 about=2 with=1 dice=309873
38 unmerge actor=2 about=1 dice=440223
40 merge actor=0 about=29 with=1 dice=297689
53 sync actor=2 dice=174354 steps=100
59 sync actor=0 dice=962111 steps=100
60 sync actor=1 dice=671953 steps=1
63 unmerge actor=0 about=1 dice=360554
76 unmerge actor=1 about=1 dice=368711
