# A visit passed by a contact, and went back to whom Ana had made it for. Both she and Ben merged that one into another,
# she went on from there, and the office made the first contact the kept one of all. When Ben, who had not heard of it,
# took the two apart, the visit stayed with the first contact: it counted as theirs, since it had passed by them once.
seed=200001983 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=712964
2 meet actor=office with=1 dice=258134
3 meet actor=0 dice=175008
4 sync actor=0 dice=612908 steps=100
8 merge actor=0 about=3 with=1 dice=429350
10 merge actor=0 about=2 with=2 dice=98223
12 unmerge actor=0 about=1 dice=650697
16 sync actor=0 dice=453877 steps=1
25 merge actor=0 about=3 with=1 dice=339817
30 sync actor=1 dice=214752 steps=100
32 meet actor=1 with=3 dice=600207
35 merge actor=1 about=2 with=3 dice=628403
44 specialty actor=1 about=1 dice=514467
45 merge actor=1 about=3 with=3 dice=319332
46 unmerge actor=1 about=3 dice=360597
48 unmerge actor=1 about=32 dice=523285
50 sync actor=1 dice=158579 steps=1
54 import actor=0 dice=477691
58 merge actor=0 about=32 with=3 dice=552972
60 sync actor=0 dice=652586 steps=100
62 unmerge actor=1 about=1 dice=961636
65 merge actor=0 about=32 with=1 dice=954118 crash=device crash-at=2 after=0
69 merge actor=office about=3 with=32 dice=903203
