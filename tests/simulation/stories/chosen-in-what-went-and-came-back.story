# The office chose whether a physician sees reps of what two contacts' lists said, and Ana took a third contact out beneath it,
# of whom the one was. That it was chosen anew where it was left was not seen, as Ben's merge had brought the third one back.
seed=51012310 devices=3 page=1000 old=0 push=0
1 meet actor=1 dice=844611
2 meet actor=2 dice=417463
3 meet actor=1 dice=827432
16 specialty actor=1 about=1 dice=558025
33 sync actor=2 dice=123100 steps=1
34 sync actor=1 dice=308399 steps=1
36 sync actor=2 dice=715777 steps=2
42 sync actor=2 dice=260097 steps=2
43 sync actor=0 dice=763424 steps=2
44 sync actor=1 dice=478279 steps=2
45 sync actor=1 dice=200075 steps=1
46 merge actor=0 about=2 with=1 dice=332540
47 specialty actor=2 about=3 dice=153209
49 merge actor=1 about=48 with=48 dice=934123
51 sync actor=0 dice=256221 steps=1
52 sync actor=2 dice=6524 steps=2
57 sync actor=0 dice=211087 steps=1
58 merge actor=office about=2 with=1 dice=304312
60 unmerge actor=0 about=2 dice=891706
