# With somebody else: that somebody was at a visit. Two merges had handed it on, and a third, of which Ana did not know,
# had kept it once with another's. When she undid the first two, the server looked for it with the contact who is the
# last now, and in the trash it was still with the one before.
seed=906817 devices=2 page=1000 old=0
1 meet actor=0 dice=951953
2 meet actor=0 with=1 dice=362674
3 meet actor=0 dice=158435
5 meet actor=1 dice=636688
9 merge actor=0 about=2 with=5 dice=764228
14 sync actor=1 dice=136400 steps=2
30 merge actor=0 about=5 with=2 dice=751180
34 sync actor=0 dice=72100 steps=1
37 sync actor=1 dice=519090 steps=2
42 attend actor=1 about=2 with=2 dice=824133
46 unmerge actor=0 about=1 dice=443064
49 merge actor=1 about=1 with=5 dice=441352
60 sync actor=1 dice=588879 steps=100
67 unmerge actor=0 about=3 dice=753240
