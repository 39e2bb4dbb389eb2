# Lost at the kept contact: the name that Ana gave to one who was merged. Cleo had merged that one as well, into a third,
# and chosen the name of before; but it had gone another way to the third one, through somebody with another name.
seed=1099808 devices=3 page=1000 old=0
1 meet actor=1 dice=784368
2 meet actor=2 dice=368130
3 meet actor=2 with=2 dice=82396
5 sync actor=1 dice=523360 steps=1
35 sync actor=2 dice=336308 steps=100
39 sync actor=0 dice=977198 steps=100
40 sync actor=1 dice=698436 steps=100
43 merge actor=1 about=2 with=1 dice=31594
63 set actor=0 about=1 dice=694179
67 merge actor=2 about=3 with=2 dice=552006
69 merge actor=2 about=3 with=1 dice=633443
