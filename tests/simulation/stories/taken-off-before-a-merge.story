# Ana had taken a contact off a visit. Ben, who did not know, made them one with another one who was there, and two
# again: that brought them back to the visit.
seed=670002313 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=244874
2 meet actor=0 with=1 dice=60822
3 meet actor=1 with=2 dice=987182
4 sync actor=1 dice=327417 steps=1
14 sync actor=0 dice=56584 steps=100
15 meet actor=1 dice=730183
30 attend actor=0 about=1 with=1 dice=462720
34 sync actor=0 dice=822943 steps=1
35 attend actor=0 about=1 with=1 dice=789359
41 attend actor=1 about=1 with=2 dice=463388
46 sync actor=1 dice=120820 steps=100
49 merge actor=1 about=15 with=15 dice=680575
53 merge actor=0 about=2 with=3 dice=817214
57 delete actor=1 about=1 dice=899379
61 merge actor=1 about=15 with=54 dice=506401
74 unmerge actor=1 about=1 dice=672895
