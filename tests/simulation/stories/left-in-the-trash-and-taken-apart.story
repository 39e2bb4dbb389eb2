# In two hands: Ben took a merged contact alone out of the trash, without their follow-ups, put them back there and took
# them apart. The check wanted the follow-up back that he had left in the trash.
seed=18003201 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=298096
6 meet actor=0 with=3 dice=865363
17 sync actor=0 dice=409292 steps=1
30 sync actor=1 dice=183878 steps=2
31 merge actor=1 about=3 with=6 dice=585933
43 trash actor=1 about=1 dice=838699
48 restore actor=1 about=1 dice=554860
54 trash actor=1 about=1 dice=333220
57 unmerge actor=1 about=1 dice=142378
