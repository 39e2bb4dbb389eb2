# What was known of a physician was somebody else's: Ben took apart two contacts of his, and Ana had merged a third one
# into the same meanwhile, of whose particulars and his own's the server had made one. They went with whom he took out.
seed=23019115 devices=2 page=1000 old=0 push=4
1 meet actor=office dice=220189
2 meet actor=0 with=1 dice=218249
3 meet actor=office dice=938930
6 sync actor=1 dice=881020 steps=100
12 specialty actor=0 about=2 dice=496441
27 import actor=1 dice=372109
30 sync actor=0 dice=608054 steps=100
37 merge actor=1 about=3 with=1 dice=95149
43 merge actor=1 about=3 with=2 dice=482678
49 merge actor=0 about=3 with=2 dice=657776
50 sync actor=1 dice=52984 steps=7
57 unmerge actor=1 about=3 dice=364641
61 merge actor=1 about=3 with=2 dice=58520
