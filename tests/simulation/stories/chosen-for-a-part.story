# Ana merged one contact into another and that one into a third, whose name she replaced by what it had then; then she undid
# the first merge. By then the third was a part of somebody else, and kept a name there that was not its own.
seed=12145263 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=599085
2 meet actor=1 dice=635176
3 meet actor=office with=2 dice=587369
5 meet actor=0 with=3 dice=761046
6 sync actor=1 dice=631669 steps=1
12 sync actor=0 dice=998846 steps=2
31 sync actor=0 dice=817076 steps=1
37 sync actor=0 dice=30492 steps=1
38 merge actor=0 about=2 with=2 dice=389024
42 sync actor=1 dice=712453 steps=100
44 merge actor=1 about=5 with=1 dice=55042
48 merge actor=0 about=5 with=5 dice=983835
51 unmerge actor=0 about=1 dice=639841 crash=device crash-at=1 after=1
55 merge actor=1 about=3 with=3 dice=636630
60 merge actor=1 about=5 with=3 dice=271580
61 sync actor=1 dice=338337 steps=1
