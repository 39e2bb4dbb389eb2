# A visit of Ben's contact was somebody else's in the end: he had merged the contact into that one, which came to nothing, as Ana
# had merged the two the other way round; and then that one into a third, and taken them apart.
seed=13010325 devices=2 page=1000 old=0 push=2
2 meet actor=1 dice=247540
3 meet actor=0 dice=724069
14 meet actor=0 with=2 dice=710279
16 merge actor=0 about=2 with=14 dice=229623
17 sync actor=0 dice=834937 steps=100
18 sync actor=1 dice=619823 steps=1
19 sync actor=0 dice=710482 steps=2
32 merge actor=0 about=3 with=3 dice=992362
40 sync actor=1 dice=370625 steps=100
44 merge actor=1 about=3 with=2 dice=957803
54 unmerge actor=1 about=1 dice=339323
60 sync actor=0 dice=333038 steps=1
61 unmerge actor=0 about=1 dice=553488
64 sync actor=0 dice=865163 steps=100
67 merge actor=1 about=1 with=1 dice=941255
68 unmerge actor=0 about=1 dice=537519
69 sync actor=1 dice=553890 steps=1
76 merge actor=office about=14 with=2 dice=866451
83 unmerge actor=1 about=14 dice=101725
