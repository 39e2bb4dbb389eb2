# Ben chose a given name with a merge of a contact who had it by another merge only, which Ana had undone: it must not stay with
# the one whom Ben had kept, once he has undone his merge.
seed=13219322 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=78811
2 meet actor=1 dice=365777
14 sync actor=1 dice=498511 steps=1
22 merge actor=office about=3 with=6 dice=307906
27 meet actor=1 dice=352205
28 set actor=1 about=1 dice=10237
35 sync actor=0 dice=93807 steps=2
41 sync actor=1 dice=103647 steps=100
43 unmerge actor=0 about=3 dice=293463
45 sync actor=0 dice=965575 steps=1
46 merge actor=1 about=39 with=3 dice=657086
54 unmerge actor=1 about=1 dice=652029
55 unmerge actor=1 about=39 dice=949065
