# Not theirs: the credentials of a contact. Ana wrote them of one whom she merged into another. Ben had merged the same two
# before he knew of that, so that they counted as what the other had had, and stayed there when he took the two apart.
seed=9656780 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=773506
2 meet actor=0 with=1 dice=725217
3 meet actor=1 with=2 dice=864306
37 sync actor=1 dice=742360 steps=1
39 merge actor=1 about=3 with=1 dice=40166
43 sync actor=0 dice=560763 steps=100
46 merge actor=0 about=3 with=2 dice=834912
48 set actor=0 about=1 dice=321997
51 merge actor=0 about=3 with=2 dice=724853
52 sync actor=0 dice=243899 steps=1
60 sync actor=1 dice=444060 steps=100
75 unmerge actor=1 about=1 dice=396776
