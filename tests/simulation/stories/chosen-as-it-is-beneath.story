# A telephone: what Ana's contact had had themselves was the same as what Ben chose for another one, and took back. Then
# it counted as what the other one had had, and stayed when Ana took her merges back.
seed=670030486 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=86907
2 meet actor=0 dice=521104
3 meet actor=0 dice=757130
7 sync actor=0 dice=387342 steps=1
8 meet actor=0 with=2 dice=159316
9 sync actor=1 dice=640710 steps=100
11 sync actor=0 dice=120936 steps=1
14 merge actor=0 about=3 with=2 dice=610045
22 merge actor=0 about=3 with=2 dice=931404
25 merge actor=1 about=8 with=1 dice=18230
34 merge actor=0 about=8 with=26 dice=77194
40 unmerge actor=1 about=1 dice=529059
46 sync actor=0 dice=98083 steps=1
55 unmerge actor=0 about=36 dice=354678
65 sync actor=1 dice=644383 steps=100
66 unmerge actor=1 about=1 dice=663757
