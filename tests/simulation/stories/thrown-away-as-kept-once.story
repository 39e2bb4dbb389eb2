# Ben has imported a contact whose address Ana's has as well, merged them, and thrown the contact away with the one
# address that was kept of both: he had seen his own.
seed=641012287 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=544150
2 meet actor=office dice=255777
3 meet actor=0 with=1 dice=169750
5 sync actor=0 dice=62762 steps=100
7 import actor=0 dice=146538
9 merge actor=0 about=3 with=3 dice=989633
11 import actor=1 dice=90862 crash=device crash-at=2 after=0
22 sync actor=0 dice=34598 steps=1
24 merge actor=0 about=3 with=3 dice=516039
25 restart actor=0 dice=2710
26 sync actor=1 dice=10252 steps=100
28 sync actor=0 dice=367814 steps=1
33 merge actor=1 about=3 with=3 dice=99595
44 sync actor=1 dice=304547 steps=2
46 sync actor=1 dice=618441 steps=2
48 trash actor=1 about=3 dice=451169

