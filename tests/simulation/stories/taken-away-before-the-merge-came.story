# Back: that somebody was at a visit. Ana took it away, and Ben, who did not know that, merged the contact into one who
# was there too: the server took what his device had kept once for what it had kept once itself, and gave it back later.
seed=902746 devices=2 page=1000 old=0
1 meet actor=office dice=582869
3 meet actor=0 with=2 dice=270508
12 sync actor=0 dice=517226 steps=100
14 meet actor=0 dice=999116
16 sync actor=1 dice=216260 steps=100
33 merge actor=1 about=14 with=2 dice=743887
34 attend actor=0 about=1 with=3 dice=297613
35 sync actor=0 dice=591356 steps=1
36 merge actor=0 about=14 with=3 dice=764999
37 attend actor=0 about=1 with=3 dice=468000
38 sync actor=1 dice=663288 steps=100
41 sync actor=0 dice=490558 steps=100
42 merge actor=1 about=3 with=14 dice=721152
43 sync actor=1 dice=53506 steps=1
52 unmerge actor=0 about=3 dice=662916
