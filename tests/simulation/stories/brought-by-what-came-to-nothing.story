# Ben merged three contacts into each other and took that apart again, while Ana had made one of them a part of the
# first: his merges came to nothing. The last one, undone, gave what had been the first one's from the beginning to the
# one by way of whom Ben had seen it.
seed=11033547 devices=2 page=1000 old=0 push=2
1 meet actor=1 dice=948839
3 meet actor=1 with=1 dice=468758
6 meet actor=1 dice=99228
10 meet actor=1 dice=628547
17 sync actor=1 dice=563998 steps=5
20 merge actor=1 about=6 with=1 dice=703392
32 merge actor=1 about=2 with=6 dice=393944 crash=device crash-at=1 after=1
35 merge actor=1 about=3 with=3 dice=130709
40 unmerge actor=1 about=1 dice=467622
42 unmerge actor=1 about=31 dice=764595
61 sync actor=0 dice=213530 steps=2
77 merge actor=0 about=6 with=31 dice=562080
79 unmerge actor=1 about=1 dice=859635 crash=device crash-at=3 after=0
80 sync actor=0 dice=575659 steps=1
84 merge actor=0 about=10 with=2 dice=533003
