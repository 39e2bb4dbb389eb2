# Ben merged somebody into a contact and took the family name from there; the office had made that contact a part of another
# one, who had got a physician's particulars by a merge of Ana's. She undid hers: beneath it both others were made anew, Ben's
# into the office's contact, and the name that he had chosen for his was gone.
seed=70003071 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=710121 crash=device crash-at=3 after=1
2 meet actor=0 dice=19183
3 meet actor=1 with=1 dice=993125
13 sync actor=0 dice=879750 steps=1
15 sync actor=1 dice=376466 steps=100
16 sync actor=0 dice=156343 steps=100
17 merge actor=1 about=3 with=3 dice=434384
18 merge actor=1 about=2 with=1 dice=903947
39 unmerge actor=1 about=2 dice=1752
41 specialty actor=0 about=3 dice=353352
42 sync actor=1 dice=551554 steps=1
43 sync actor=1 dice=660076 steps=1
44 specialty actor=1 about=1 dice=631199
46 meet actor=1 dice=843928
54 specialty actor=1 about=46 dice=753585
56 merge actor=1 about=3 with=1 dice=346569
61 sync actor=0 dice=383477 steps=100
63 merge actor=office about=57 with=1 dice=221116
66 unmerge actor=0 about=3 dice=155755
72 sync actor=1 dice=478169 steps=1
