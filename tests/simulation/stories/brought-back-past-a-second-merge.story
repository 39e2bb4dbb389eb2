# With somebody else: an attendee. Somebody had taken away the one that was kept for two, and did not know of the other
# one, who was brought back for whom both had become a part of by a second merge; when that was undone, it did not give
# back what had been in the trash when it was made.
seed=8515163 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=8840
2 meet actor=1 dice=453697
3 meet actor=1 with=1 dice=488883
34 sync actor=1 dice=892062 steps=1
37 attend actor=office about=1 with=2 dice=464080
38 sync actor=1 dice=716977 steps=100
58 sync actor=0 dice=163490 steps=2
60 merge actor=0 about=2 with=49 dice=489479
61 attend actor=office about=1 with=1 dice=525387
62 sync actor=0 dice=236763 steps=1
63 merge actor=0 about=49 with=1 dice=179629
65 attend actor=1 about=1 with=2 dice=187470
66 sync actor=0 dice=542424 steps=1
68 sync actor=1 dice=922662 steps=1
70 unmerge actor=0 about=49 dice=336225
