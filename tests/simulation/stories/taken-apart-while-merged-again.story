# Two merges of one contact were undone on two devices; what the server had left with a third one, as it had been merged
# there since, was moved all the same by the device that knew it elsewhere.
seed=62328 devices=3 page=1000 old=0
2 meet actor=1 dice=587013
3 meet actor=2 dice=469670
11 sync actor=2 dice=533837 steps=1
14 sync actor=1 dice=716412 steps=1
15 sync actor=1 dice=939806 steps=1
19 merge actor=office about=3 with=3 dice=686639
21 meet actor=2 dice=191108
28 merge actor=2 about=2 with=1 dice=429934
29 sync actor=1 dice=717142 steps=2
41 unmerge actor=1 about=1 dice=345544
46 sync actor=2 dice=470182 steps=100
49 merge actor=1 about=3 with=2 dice=463354
54 unmerge actor=2 about=3 dice=568126
