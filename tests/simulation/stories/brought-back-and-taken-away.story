# Right: nobody is at the visit. Ana made one of two contacts and took away whom she knew to have been there, which
# brought back the other one, whom Ben had added, and then taken away again.
seed=6000930 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=668712
7 meet actor=1 dice=372489
14 sync actor=1 dice=727892 steps=1
21 sync actor=0 dice=899911 steps=100
23 meet actor=0 with=3 dice=507218
24 attend actor=0 about=1 with=3 dice=166301
40 merge actor=0 about=23 with=1 dice=386205
42 merge actor=0 about=23 with=1 dice=530158
43 sync actor=1 dice=447406 steps=100
44 attend actor=0 about=1 with=7 dice=837590
51 attend actor=1 about=1 with=7 dice=226225
52 sync actor=1 dice=337680 steps=1
60 attend actor=1 about=1 with=7 dice=496906
