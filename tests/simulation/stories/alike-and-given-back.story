# Ben took back what he had chosen for a contact, and merged into that one another who had the same name by the office's
# merge. Ana had undone that by then: the other one's own name, which came back so, took the place of the same name.
seed=9678626 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=988138
3 meet actor=1 with=1 dice=724318
12 sync actor=0 dice=608018 steps=1
16 sync actor=1 dice=779604 steps=100
20 merge actor=office about=1 with=2 dice=495479
21 attend actor=1 about=3 with=2 dice=558940
22 merge actor=1 about=3 with=2 dice=635672
33 sync actor=0 dice=174163 steps=100
39 unmerge actor=1 about=1 dice=887408
46 sync actor=1 dice=184321 steps=4
58 unmerge actor=0 about=2 dice=162410
60 merge actor=1 about=57 with=1 dice=774035
