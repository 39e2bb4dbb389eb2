# A merge was refused as the contact had gone out of sight, and so was its undoing. Sent again with the next merge, what
# both had led to the other contact and back went there only: undoing that one as well, the visit stayed with a stranger.
seed=922286 devices=2 page=1000 old=0
1 meet actor=1 dice=912193
3 meet actor=1 with=1 dice=323892
5 sync actor=1 dice=294293 steps=1
7 sync actor=0 dice=385769 steps=100
12 merge actor=0 about=3 with=3 dice=456657
21 unmerge actor=0 about=1 dice=425232
22 assign actor=office about=1 dice=926885
25 sync actor=0 dice=995373 steps=1
27 join actor=office dice=456630
35 merge actor=0 about=2 with=1 dice=749783
37 unmerge actor=0 about=2 dice=628666
