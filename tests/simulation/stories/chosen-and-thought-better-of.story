# A name that Ana had chosen when she merged two contacts stayed, though she had taken the merge back: the office had
# merged the two by way of a third one before, so that hers came second.
seed=1088084 devices=2 page=1000 old=0
1 meet actor=1 dice=203947
2 meet actor=0 dice=717505
3 meet actor=0 with=1 dice=304520
7 sync actor=1 dice=184320 steps=1
9 sync actor=0 dice=743752 steps=100
20 merge actor=0 about=3 with=1 dice=44455
24 unmerge actor=0 about=1 dice=575372
28 merge actor=office about=26 with=1 dice=840543
29 set actor=0 about=1 dice=271034
36 merge actor=office about=3 with=3 dice=883500
