# A value was called lost: the telephone number that Ana had chosen for one contact with a merge, and taken on to another
# with the next. The first merge came second and was taken apart: the number stayed with whose it was, and the one of
# before was led on to the other contact.
seed=7030800 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=887978
2 meet actor=1 with=1 dice=953321
3 meet actor=1 dice=11109
7 merge actor=1 about=2 with=2 dice=47487
9 sync actor=1 dice=592737 steps=1
34 merge actor=1 about=3 with=2 dice=374205
45 unmerge actor=1 about=3 dice=56667
51 sync actor=0 dice=448135 steps=100
54 sync actor=1 dice=456486 steps=1
55 sync actor=1 dice=258859 steps=1
56 unmerge actor=1 about=1 dice=216021
58 merge actor=0 about=3 with=2 dice=89308
59 merge actor=0 about=2 with=2 dice=747206
