# No loss: Ana made a specialization with a description, was refused, and took it back. Ben made one of that name, which
# is the same record, without a description.
seed=94006415 devices=2 page=1000 old=0 push=0
3 meet actor=1 with=2 dice=8692
18 sync actor=1 dice=6830 steps=1
20 sync actor=0 dice=873182 steps=100
24 specialty actor=1 about=3 dice=29074
25 specialty actor=0 about=3 dice=106081
36 sync actor=1 dice=270640 steps=100
38 meet actor=0 with=2 dice=511696
39 sync actor=0 dice=896895 steps=2
50 mend actor=0 dice=621299
55 sync actor=1 dice=962138 steps=2
71 specialty actor=1 about=38 dice=334575
