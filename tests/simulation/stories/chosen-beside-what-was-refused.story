# Ben's particulars of a contact were refused, as Ana's had come first. He merges the contact into another one and chooses
# from what the server has; what was refused waits for him, whatever merges are undone.
seed=200001227 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=435955
2 meet actor=1 dice=685104
3 meet actor=1 with=2 dice=571268
4 sync actor=1 dice=798973 steps=1
5 sync actor=0 dice=300676 steps=100
14 specialty actor=1 about=1 dice=898936
16 merge actor=0 about=2 with=3 dice=383538
18 specialty actor=0 about=1 dice=419452 crash=device crash-at=2 after=1
27 sync actor=0 dice=501900 steps=1
28 specialty actor=1 about=3 dice=88582
51 sync actor=1 dice=573908 steps=100
56 merge actor=1 about=43 with=2 dice=447075
58 sync actor=1 dice=408560 steps=1
62 unmerge actor=0 about=43 dice=934570
