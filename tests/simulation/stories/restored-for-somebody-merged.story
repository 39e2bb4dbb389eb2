# Different: Ana took out of the trash that somebody was at a visit whom she had merged meanwhile. The server led it to
# the kept contact and did not say so: on her device it stayed with the merged one.
seed=913945 devices=2 page=1000 old=0
1 meet actor=1 dice=661337
2 meet actor=0 dice=846123
3 meet actor=1 with=1 dice=664014
15 meet actor=1 dice=640463
17 merge actor=1 about=15 with=2 dice=222500
24 sync actor=1 dice=975281 steps=1
36 sync actor=0 dice=962776 steps=100
37 attend actor=0 about=1 with=1 dice=479497
38 attend actor=0 about=1 with=2 dice=134586
48 merge actor=0 about=15 with=2 dice=401728
52 sync actor=0 dice=324218 steps=2
64 restore actor=0 about=38 dice=238873
