# With somebody else: that somebody was at a visit. Whoever takes two contacts apart is asked whose it is what was made
# since; Ben was also asked about what a third contact, merged into the same one, had brought along, and gave that away.
seed=905030 devices=2 page=1000 old=0
1 meet actor=1 dice=780111
2 meet actor=office with=1 dice=813673
3 meet actor=1 with=1 dice=933128
6 meet actor=1 with=3 dice=910045 crash=device crash-at=3 after=0
7 sync actor=0 dice=668664 steps=100
10 sync actor=1 dice=360542 steps=1
22 sync actor=0 dice=359479 steps=2
24 attend actor=0 about=1 with=1 dice=181746
29 merge actor=1 about=3 with=1 dice=451016
30 sync actor=1 dice=864081 steps=100
35 merge actor=1 about=3 with=6 dice=464103 crash=device crash-at=2 after=1
36 attend actor=1 about=1 with=1 dice=369513
60 merge actor=1 about=6 with=2 dice=862331
78 unmerge actor=1 about=1 dice=486358
