# Ana has merged a contact into another one, and Ben corrected a phone number of theirs. Cleo, who had heard of
# neither, merged them by way of two others, and chose the number as it was: that took the place of the corrected one.
seed=480009675 devices=4 page=1000 old=0 push=0
1 meet actor=0 dice=408770
2 meet actor=0 dice=889885
3 meet actor=2 dice=85877
9 sync actor=0 dice=397282 steps=1
13 sync actor=2 dice=729717 steps=100
14 meet actor=2 dice=759247
27 sync actor=0 dice=286959 steps=1
28 sync actor=0 dice=872437 steps=2
36 sync actor=1 dice=159448 steps=1
37 meet actor=2 dice=637510
38 merge actor=0 about=14 with=2 dice=290325
41 merge actor=2 about=37 with=37 dice=305837
42 sync actor=1 dice=87371 steps=2
46 merge actor=2 about=14 with=14 dice=223768
68 merge actor=2 about=37 with=37 dice=881468
70 set actor=1 about=3 dice=173950
