# After a restore a device that only knew of a merge said it first; the one that had made it said it again, and what had
# been chosen then was left out.
seed=82827 devices=2 page=1000 old=0
2 meet actor=0 dice=647908
3 meet actor=1 dice=60554
24 sync actor=0 dice=6343 steps=1
27 sync actor=1 dice=267766 steps=1
30 copy actor=office dice=433098
47 sync actor=1 dice=42434 steps=100
48 merge actor=1 about=3 with=3 dice=734921
50 sync actor=1 dice=884577 steps=1
60 sync actor=0 dice=490500 steps=100
65 return actor=office dice=906139
