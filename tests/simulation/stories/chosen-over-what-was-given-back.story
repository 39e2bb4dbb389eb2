# What Dan had chosen for his contact from an imported one: he took another one out of it, from which he had chosen before,
# and the contact got back what it had had first of all, as if nothing had been chosen since.
seed=40006155 devices=4 page=1000 old=0 push=0
1 meet actor=3 dice=358891
3 meet actor=3 dice=37341 crash=device crash-at=1 after=1
18 merge actor=3 about=3 with=2 dice=114021
20 sync actor=3 dice=24637 steps=1
23 sync actor=1 dice=6696 steps=100
24 meet actor=3 dice=762205
37 merge actor=3 about=24 with=24 dice=802921
49 import actor=3 dice=45222
58 specialty actor=1 about=3 dice=518870
63 merge actor=3 about=24 with=2 dice=911386
69 unmerge actor=3 about=24 dice=13374
