# Lost: a name. It was refused at first, and went again as what a merge had chosen in its place; the merge came to
# nothing, as somebody else had merged the two the other way round, and taking it back brought nothing back.
seed=9329611 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=463822
2 meet actor=0 dice=308396
3 meet actor=1 with=1 dice=994709
14 sync actor=0 dice=291600 steps=2
18 sync actor=1 dice=524453 steps=1
41 assign actor=office about=1 dice=238503
43 set actor=1 about=1 dice=828690
61 join actor=office dice=658945
62 sync actor=0 dice=322384 steps=2
63 sync actor=1 dice=201034 steps=2
71 merge actor=0 about=3 with=30 dice=191889
75 merge actor=1 about=30 with=3 dice=761081
76 join actor=office dice=151748
77 unmerge actor=1 about=1 dice=613460
