# An appointment with a merged contact came from a rep who had heard neither of the merge nor of its undoing: it came to
# the server between the two, and stayed with a stranger.
seed=1065 devices=2 page=1000 old=0
1 meet actor=0 dice=142822
3 meet actor=0 dice=940249
4 sync actor=0 dice=798747 steps=1
13 sync actor=0 dice=302662 steps=1
16 sync actor=1 dice=998759 steps=100
27 book actor=1 about=1 dice=103152
28 merge actor=0 about=3 with=3 dice=282668
30 sync actor=0 dice=788517 steps=1
48 unmerge actor=0 about=1 dice=805792
50 sync actor=1 dice=958556 steps=1
