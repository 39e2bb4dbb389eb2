# With merges: the same on one device.
seed=480051351 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=88700
2 meet actor=1 dice=842345
13 meet actor=1 dice=113297
14 meet actor=1 dice=135776
15 attend actor=1 about=13 with=2 dice=77209
17 merge actor=1 about=14 with=1 dice=568405
19 merge actor=1 about=13 with=3 dice=848944
20 merge actor=1 about=14 with=13 dice=175069
36 unmerge actor=1 about=1 dice=873702
42 merge actor=1 about=12 with=1 dice=16271
44 unmerge actor=1 about=1 dice=499291
50 merge actor=1 about=14 with=3 dice=141685
52 unmerge actor=1 about=14 dice=676452
