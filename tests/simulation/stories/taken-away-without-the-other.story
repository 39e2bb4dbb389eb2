# Lost: that somebody was at a visit. Two contacts were merged, and taken apart again by both reps; then the office made
# both a part of a third one, who was at the visit once for both. Ana, who knew of none of that, took away one of them.
seed=1027868 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=403778
2 meet actor=1 dice=288564 crash=device crash-at=3 after=1
3 meet actor=1 dice=652411
5 sync actor=1 dice=658424 steps=1
6 sync actor=0 dice=284293 steps=100
9 attend actor=0 about=3 with=1 dice=285676
20 meet actor=1 with=3 dice=5114
23 meet actor=1 dice=826581
30 merge actor=0 about=20 with=2 dice=824736
37 meet actor=1 dice=445173
39 sync actor=0 dice=103741 steps=1
40 sync actor=1 dice=617792 steps=100
42 unmerge actor=1 about=1 dice=456335
44 unmerge actor=0 about=1 dice=372226
50 merge actor=office about=37 with=1 dice=432645
55 sync actor=1 dice=649411 steps=100
57 merge actor=office about=23 with=3 dice=712444
67 merge actor=office about=3 with=1 dice=401618
70 attend actor=0 about=3 with=20 dice=116590
74 unmerge actor=1 about=47 dice=537954
