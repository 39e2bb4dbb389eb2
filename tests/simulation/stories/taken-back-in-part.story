# In one piece: a merge and its undoing were refused, and of what the undoing moves one visit could be taken back by
# itself. The rest went once the rep was in the territory, and that visit was left with the other contact.
seed=15046042 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=122825
2 meet actor=1 dice=974085
3 meet actor=0 dice=288056
11 meet actor=1 dice=693215
14 book actor=0 about=1 dice=215933
21 sync actor=0 dice=495657 steps=1
23 sync actor=1 dice=734006 steps=100
25 attend actor=1 about=3 with=1 dice=940090
26 set actor=1 about=2 dice=122904
27 assign actor=office about=2 dice=749586
36 merge actor=1 about=2 with=2 dice=339855
48 unmerge actor=1 about=11 dice=174268
51 sync actor=1 dice=41508 steps=2
57 join actor=office dice=158372
76 mend actor=1 dice=920980
