# Cleo has thrown away a contact, with what came from another one; Ben, who did not know, has taken the two apart and
# merged them again. What came from the other one stayed in the trash, though both are kept.
seed=641032103 devices=4 page=1000 old=0 push=0
3 meet actor=1 with=2 dice=6479
5 meet actor=0 dice=185657
6 enrol actor=0 about=5 dice=158719
17 sync actor=0 dice=967464 steps=1
18 enrol actor=1 about=3 dice=581693
37 sync actor=1 dice=824301 steps=1
45 sync actor=2 dice=608360 steps=100
46 merge actor=2 about=5 with=3 dice=235070
54 sync actor=2 dice=573983 steps=1
58 trash actor=2 about=5 dice=570001 crash=device crash-at=3 after=1
60 sync actor=1 dice=985005 steps=100
61 unmerge actor=1 about=5 dice=502715
71 sync actor=2 dice=609990 steps=2
76 merge actor=1 about=5 with=31 dice=207420

