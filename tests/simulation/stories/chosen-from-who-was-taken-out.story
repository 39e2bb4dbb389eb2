seed=180021143 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=787789
3 meet actor=0 with=1 dice=895940
4 specialty actor=0 about=1 dice=563284
7 merge actor=0 about=2 with=3 dice=732456
8 sync actor=0 dice=895797 steps=1
17 import actor=1 dice=954220
23 sync actor=1 dice=271488 steps=100
34 sync actor=0 dice=229258 steps=100
41 merge actor=0 about=31 with=3 dice=929968
43 unmerge actor=1 about=1 dice=993915
44 merge actor=0 about=2 with=2 dice=782905
