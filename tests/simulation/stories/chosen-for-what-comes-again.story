# With somebody who was merged before: Ben chose when a physician sees reps for particulars that had come by another
# merge. Both were made anew when those of a third one, of which he had not known, went from beneath; his choice was not.
seed=120010771 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=61044
3 meet actor=1 with=1 dice=502963
5 sync actor=1 dice=897727 steps=1
7 specialty actor=1 about=3 dice=6903
8 import actor=0 dice=810158
18 sync actor=0 dice=667375 steps=100
28 meet actor=1 with=2 dice=620191
33 sync actor=1 dice=561029 steps=100
55 merge actor=1 about=28 with=1 dice=469223
56 specialty actor=0 about=1 dice=735974
63 merge actor=1 about=28 with=1 dice=394506
71 merge actor=1 about=28 with=3 dice=258789
73 unmerge actor=1 about=1 dice=161510
