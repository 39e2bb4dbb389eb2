# Back from the trash: that somebody was at a visit, which somebody else had taken away. The server had dissolved it by a
# merge that they did not know of, so that there was nothing to delete, and brought it back with the one taken out.
seed=925629 devices=2 page=1000 old=0
1 meet actor=0 dice=858861
2 meet actor=0 dice=600433
3 meet actor=office dice=630110
7 meet actor=0 dice=317693
13 sync actor=0 dice=912038 steps=100
19 attend actor=0 about=1 with=7 dice=993066
30 attend actor=0 about=1 with=1 dice=163576
38 merge actor=0 about=7 with=3 dice=647300
39 sync actor=0 dice=767902 steps=1
70 attend actor=0 about=1 with=1 dice=184622
72 merge actor=office about=2 with=2 dice=527885
78 unmerge actor=0 about=1 dice=974937
