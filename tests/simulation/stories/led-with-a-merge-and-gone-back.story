# Ana merged a new contact into one who had become a part of another, and that of a third one. With the merge between
# undone her visit went back with the one, whom the third one became a part of; with the last one undone it went to the
# one between, by way of whom it had come.
seed=11033547 devices=2 page=1000 old=0 push=2
1 meet actor=1 dice=948839
3 meet actor=1 with=1 dice=468758
6 meet actor=1 dice=99228
10 meet actor=1 dice=628547
17 sync actor=1 dice=563998 steps=100
20 merge actor=1 about=6 with=1 dice=703392
22 sync actor=1 dice=517510 steps=2
28 sync actor=0 dice=26668 steps=2
31 meet actor=0 dice=547048
32 merge actor=1 about=2 with=6 dice=393944 crash=device crash-at=1 after=1
35 merge actor=1 about=3 with=3 dice=130709
40 unmerge actor=1 about=1 dice=467622
42 unmerge actor=1 about=31 dice=764595
54 sync actor=1 dice=445514 steps=1
55 merge actor=1 about=10 with=2 dice=362688
77 merge actor=0 about=6 with=31 dice=562080
79 unmerge actor=1 about=1 dice=859635 crash=device crash-at=3 after=0
80 sync actor=0 dice=575659 steps=1
