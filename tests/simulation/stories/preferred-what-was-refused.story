# When a physician sees reps, of whom Ben merged into his contact, who had that already: not on the server, where the
# particulars that Ana had imported for that contact were first, and his were refused. So the whole had none.
seed=72004391 devices=2 page=1000 old=0 push=3
1 meet actor=1 dice=86711
2 meet actor=1 dice=78095
3 meet actor=1 dice=965130
14 meet actor=0 dice=88643
16 specialty actor=1 about=3 dice=242936
21 sync actor=1 dice=884968 steps=5
52 sync actor=0 dice=976553 steps=100
60 delete actor=0 about=1 dice=49104
61 specialty actor=1 about=1 dice=573405
62 merge actor=1 about=14 with=3 dice=314119
67 merge actor=0 about=3 with=14 dice=291715
69 import actor=0 dice=608518
73 merge actor=0 about=14 with=3 dice=61726
