# A patient's page was with a stranger, as it had been merged with another one by way of a contact whom the server had never
# merged theirs into: taken out of that one, the stranger got the page, though it was still a part of the other.
seed=6021292 devices=2 page=1000 old=0
1 meet actor=1 dice=470674
2 meet actor=1 dice=787199
3 meet actor=0 dice=11
14 enrol actor=1 about=2 dice=980491
21 sync actor=1 dice=102998 steps=100
22 meet actor=1 dice=142677
48 enrol actor=1 about=1 dice=623172
52 sync actor=0 dice=937749 steps=100
72 merge actor=0 about=3 with=1 dice=159877
73 merge actor=1 about=22 with=1 dice=628418
74 merge actor=1 about=2 with=22 dice=263567
75 merge actor=0 about=3 with=2 dice=999259
80 unmerge actor=1 about=1 dice=745229
82 unmerge actor=1 about=22 dice=556186
