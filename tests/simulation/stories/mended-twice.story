# A refused edit was mended, and the answer did not come; the rep went on typing. Sent again, the mended edit must not hold
# what was typed since: the server gives the answer that it has already given.
seed=69202 devices=2 page=1000 old=0
1 meet actor=0 dice=746486
6 sync actor=0 dice=994856 steps=2
7 type actor=0 about=1 dice=671001
21 assign actor=office about=1 dice=447333
41 sync actor=0 dice=680070 steps=2
48 assign actor=office about=1 dice=853704
67 rewrite actor=0 about=1 dice=318283
69 sync actor=0 dice=995804 steps=1
70 type actor=0 about=1 dice=822153 crash=device crash-at=1 after=1
