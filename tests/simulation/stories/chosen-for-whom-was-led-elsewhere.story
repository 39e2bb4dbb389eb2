# Ana chose a name by merging two contacts, merged them into a third and chose it there as well, and undid the first merge.
# The office had merged the third into somebody else: there it kept the name, which had gone back from where it came.
seed=12014615 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=163727
2 meet actor=1 with=1 dice=514555
3 meet actor=office with=2 dice=903290
4 sync actor=0 dice=100864 steps=1
7 sync actor=0 dice=455551 steps=2
9 sync actor=1 dice=526298 steps=100
10 merge actor=1 about=3 with=1 dice=88292
12 sync actor=0 dice=798745 steps=2
13 merge actor=1 about=3 with=1 dice=303914
15 merge actor=0 about=3 with=1 dice=621700
17 unmerge actor=1 about=3 dice=477676
19 sync actor=1 dice=204730 steps=1
40 merge actor=0 about=2 with=2 dice=640561
44 merge actor=office about=41 with=41 dice=743498
51 unmerge actor=0 about=1 dice=516405
