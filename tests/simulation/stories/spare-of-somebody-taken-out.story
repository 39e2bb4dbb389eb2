# Lost: who was at a visit. While the office took one of two merged contacts out, the rep took out the other, for whom
# the visit's one attendee was kept: her device brought back the first one's, which had gone back to whose it was.
seed=1068986 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=612629 crash=device crash-at=2 after=0
2 meet actor=0 with=1 dice=679637
7 sync actor=1 dice=407612 steps=1
8 sync actor=0 dice=555478 steps=1
32 attend actor=office about=1 with=3 dice=866785
33 sync actor=1 dice=268907 steps=100
42 merge actor=1 about=4 with=2 dice=427467
43 sync actor=1 dice=524687 steps=1
57 sync actor=0 dice=67332 steps=100
59 meet actor=0 dice=462276 crash=device crash-at=2 after=1
61 attend actor=0 about=1 with=4 dice=569317
65 merge actor=0 about=2 with=2 dice=148691
69 sync actor=0 dice=402504 steps=1
77 unmerge actor=office about=70 dice=750687
80 unmerge actor=0 about=70 dice=546583
