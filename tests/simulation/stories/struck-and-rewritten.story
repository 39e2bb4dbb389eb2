# A refused edit became possible again after somebody else had written in the place of a word that the rep had struck
# since: sent with the value of now, the strike took away that other word.
seed=56902 devices=2 page=1000 old=0
1 meet actor=0 dice=714354
17 sync actor=0 dice=451341 steps=1
36 assign actor=office about=1 dice=919249
59 rewrite actor=office about=1 dice=17569
61 type actor=0 about=1 dice=561752
63 sync actor=0 dice=554019 steps=5
66 strike actor=0 about=1 dice=20013
67 join actor=office dice=27394
