# Two contacts had been one by one merge when Ana's came, with which she chose a number. Another merge, by which both had
# become a part of a third one, was undone: her choice was taken back with it, and the first contact's own number was lost.
seed=12050663 devices=3 page=1000 old=0 push=3
1 meet actor=2 dice=361634
2 meet actor=1 with=1 dice=6847
3 meet actor=office with=1 dice=92926
5 sync actor=1 dice=630281 steps=100
6 sync actor=2 dice=520531 steps=100
7 sync actor=0 dice=739403 steps=2
8 merge actor=0 about=3 with=3 dice=758651
24 merge actor=0 about=2 with=1 dice=194665
26 merge actor=1 about=3 with=3 dice=467858
27 merge actor=2 about=3 with=2 dice=176723
30 unmerge actor=2 about=1 dice=20845
42 unmerge actor=0 about=2 dice=440090
46 sync actor=2 dice=849000 steps=100
47 sync actor=0 dice=417623 steps=1
50 merge actor=0 about=32 with=1 dice=931055
51 meet actor=1 dice=814908
52 meet actor=1 dice=425416
75 merge actor=1 about=52 with=1 dice=73656
76 unmerge actor=1 about=3 dice=809465
78 sync actor=1 dice=548414 steps=4
81 sync actor=1 dice=709375 steps=4
