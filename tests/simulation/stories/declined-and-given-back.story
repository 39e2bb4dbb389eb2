# A fault of the check: a kept contact got its own name back when a merge was undone. What Ana said later of somebody who
# was merged into that contact need not replace it.
seed=9057734 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=600882
2 meet actor=0 with=1 dice=759343
3 meet actor=1 dice=551566
21 sync actor=0 dice=133013 steps=1
33 sync actor=1 dice=118947 steps=100
36 territory actor=1 dice=840010
37 merge actor=1 about=3 with=1 dice=356564
41 unmerge actor=1 about=3 dice=127125
42 merge actor=1 about=2 with=3 dice=179337
49 sync actor=1 dice=54395 steps=100
52 sync actor=0 dice=164861 steps=100
53 unmerge actor=1 about=1 dice=447255
55 merge actor=0 about=3 with=1 dice=148338
57 meet actor=1 dice=345260
64 set actor=0 about=1 dice=943510
71 sync actor=0 dice=21194 steps=100
73 sync actor=1 dice=519965 steps=2
77 merge actor=1 about=57 with=2 dice=965426
79 merge actor=1 about=3 with=57 dice=764281
