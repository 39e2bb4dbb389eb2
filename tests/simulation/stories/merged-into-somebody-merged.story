# A contact was merged into one who had been merged meanwhile: what others had changed about them was not taken along.
seed=48381 devices=3 page=1000 old=0
1 meet actor=2 dice=311040
2 meet actor=0 dice=659340
3 meet actor=1 dice=680276
9 sync actor=1 dice=593325 steps=1
10 sync actor=2 dice=979077 steps=100
13 sync actor=0 dice=709772 steps=100
18 merge actor=0 about=2 with=3 dice=772357
32 set actor=0 about=1 dice=238319
46 merge actor=2 about=34 with=17 dice=781656
