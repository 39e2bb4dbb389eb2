# A fault of the check: Ben replaced a phone that had come to the contact by a merge; Ana, who had not heard of any of
# that, chose the same phone for them. Which of both it is, somebody has to be asked.
seed=9054785 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=358420
2 meet actor=1 with=1 dice=149287
3 meet actor=0 with=1 dice=304834
5 sync actor=1 dice=786536 steps=1
6 sync actor=0 dice=464023 steps=100
14 merge actor=0 about=2 with=1 dice=395303
16 sync actor=1 dice=931630 steps=100
38 merge actor=1 about=3 with=2 dice=836292
39 meet actor=1 with=3 dice=826139
45 sync actor=1 dice=823659 steps=100
46 sync actor=0 dice=873664 steps=1
47 sync actor=1 dice=636015 steps=2
48 merge actor=1 about=2 with=3 dice=749238
60 sync actor=1 dice=497729 steps=1
67 unmerge actor=0 about=1 dice=976771
70 merge actor=0 about=3 with=1 dice=865359
73 sync actor=1 dice=691307 steps=1
