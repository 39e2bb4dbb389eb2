# Ben takes a value of his own from a contact who has it from another one. Ana has taken that one out: the value is theirs alone, and
# Ben, who makes them a part of his contact, leaves it.
seed=500008727 devices=2 page=1000 old=1 push=0
1 meet actor=1 dice=551131
2 meet actor=0 dice=518693
3 meet actor=0 dice=603049
9 merge actor=0 about=3 with=3 dice=348116
13 sync actor=1 dice=426351 steps=1
16 sync actor=0 dice=409494 steps=100
17 merge actor=0 about=3 with=1 dice=561284
33 sync actor=0 dice=796710 steps=1
34 merge actor=office about=3 with=1 dice=119148
35 set actor=1 about=1 dice=462745
40 unmerge actor=0 about=2 dice=451441
45 sync actor=0 dice=607041 steps=2
47 unmerge actor=0 about=1 dice=729739
50 sync actor=1 dice=4401 steps=100
55 sync actor=0 dice=419797 steps=2
67 merge actor=1 about=2 with=1 dice=713842
73 sync actor=1 dice=951555 steps=100
77 merge actor=1 about=2 with=3 dice=768019
