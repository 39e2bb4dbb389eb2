# Back: a name that Ben had chosen with a merge and taken back. Ana, who had not heard of that, had chosen the one that was
# there before over it, and took that back as well.
seed=40002531 devices=2 page=1000 old=0 push=2
1 meet actor=0 dice=249033
2 meet actor=0 with=1 dice=66788
3 meet actor=0 dice=676223
14 sync actor=0 dice=65249 steps=100
15 merge actor=0 about=2 with=3 dice=497545
16 merge actor=0 about=2 with=1 dice=501646
37 sync actor=1 dice=975898 steps=100
41 merge actor=1 about=3 with=3 dice=962598
43 merge actor=1 about=3 with=3 dice=54547
53 unmerge actor=0 about=1 dice=909223
54 sync actor=1 dice=840984 steps=100
56 unmerge actor=1 about=1 dice=775513
59 sync actor=0 dice=271329 steps=2
61 merge actor=0 about=3 with=2 dice=718668
63 unmerge actor=0 about=3 dice=987146
66 sync actor=1 dice=297906 steps=1
67 unmerge actor=office about=1 dice=538696
