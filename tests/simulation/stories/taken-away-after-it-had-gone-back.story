# Deleted: that somebody was at a visit. Their part in it had been kept once by a merge, gone back to them as they were
# taken out of another, and then been taken away; a further merge that was undone brought it back as that merge's.
seed=1007136 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=361876
2 meet actor=1 dice=31516
3 meet actor=1 dice=354484
15 sync actor=1 dice=644637 steps=100
28 sync actor=0 dice=405844 steps=100
44 attend actor=0 about=1 with=1 dice=845192
46 merge actor=0 about=1 with=2 dice=142230
47 set actor=0 about=1 dice=996981
56 unmerge actor=0 about=1 dice=633583
62 attend actor=0 about=1 with=2 dice=47700
70 merge actor=0 about=3 with=2 dice=885104
74 unmerge actor=0 about=1 dice=392735
77 sync actor=0 dice=174202 steps=100 crash=server crash-at=3 after=1
79 merge actor=office about=3 with=3 dice=291984
