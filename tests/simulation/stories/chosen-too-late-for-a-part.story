# Nothing lost: Cleo chose a name for somebody whom Ben had made a part of another, and took it back. It stays written at
# who is a part, where nobody sees it, and is not what comes back with them: the simulation asked too much.
seed=18002514 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=559601
2 meet actor=office dice=851325
3 meet actor=2 dice=874997 crash=device crash-at=3 after=0
4 merge actor=2 about=3 with=3 dice=575588
13 sync actor=2 dice=398859 steps=100
21 sync actor=1 dice=335514 steps=100
29 merge actor=1 about=23 with=1 dice=637655
33 merge actor=1 about=2 with=23 dice=391919
39 unmerge actor=1 about=1 dice=532857
40 merge actor=2 about=2 with=1 dice=591674
41 unmerge actor=2 about=1 dice=504260
