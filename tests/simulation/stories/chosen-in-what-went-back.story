# No loss: Ana chose, merging two, a value of the one's particulars over one that the other's had from a third contact. Whom
# these had come with was taken out, and took them along as they had been; that Ana then made all of them one again, without
# being asked about both, left what the kept one's say.
seed=94020459 devices=2 page=1000 old=2 push=4
1 meet actor=1 dice=964430
2 meet actor=1 with=1 dice=666177
3 meet actor=0 dice=805909
7 sync actor=0 dice=835715 steps=100
10 rewrite actor=0 about=3 dice=565113
14 specialty actor=1 about=2 dice=178568
16 merge actor=0 about=3 with=3 dice=589641
17 meet actor=0 dice=440383
22 sync actor=0 dice=912331 steps=3
23 meet actor=0 dice=285855
24 merge actor=1 about=3 with=1 dice=175970
25 sync actor=1 dice=269595 steps=100
26 merge actor=office about=17 with=3 dice=685433
27 merge actor=1 about=3 with=17 dice=297014
30 sync actor=1 dice=371836 steps=1
31 sync actor=0 dice=897823 steps=100
32 unmerge actor=0 about=23 dice=946253
33 specialty actor=0 about=23 dice=761285
38 merge actor=0 about=17 with=2 dice=26618
49 merge actor=0 about=47 with=17 dice=521255
59 unmerge actor=0 about=3 dice=30886
65 merge actor=0 about=17 with=47 dice=736582
