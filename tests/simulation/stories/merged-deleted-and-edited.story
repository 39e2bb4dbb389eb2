# Deleted unseen: Ana changed the name of a contact while Ben merged them into another one, and deleted that one.
seed=5205 devices=2 page=1000 old=0
1 meet actor=0 dice=863252
9 sync actor=0 dice=425814 steps=1
10 sync actor=1 dice=368365 steps=2
26 set actor=0 about=1 dice=584849
30 meet actor=1 dice=850955
32 merge actor=1 about=30 with=1 dice=105906
50 delete actor=1 about=30 dice=525832
