# Ana merged two contacts first, Ben second, who then threw the one away, and took out of the trash what he had merged,
# one after the other. Who was merged into the merged one came back without a follow-up of theirs.
seed=641031603 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=445031
2 meet actor=1 dice=980859
11 merge actor=1 about=2 with=1 dice=111844
12 meet actor=0 dice=113066
14 sync actor=0 dice=733113 steps=1
15 sync actor=1 dice=212703 steps=100
22 merge actor=1 about=12 with=1 dice=825013
25 trash actor=1 about=12 dice=430927
36 sync actor=0 dice=650333 steps=100
37 merge actor=0 about=12 with=1 dice=416699
41 unmerge actor=1 about=2 dice=168343
43 unmerge actor=1 about=12 dice=20383

