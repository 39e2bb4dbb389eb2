# The simulation forgot that who had been merged went with the contact whom somebody deleted, where the program was killed
# once that was saved.
seed=50435 devices=2 page=1000 old=0
2 meet actor=1 with=1 dice=917108
28 meet actor=1 with=3 dice=640770
46 merge actor=1 about=28 with=28 dice=196197
56 delete actor=1 about=28 dice=328773 crash=device crash-at=1 after=1
