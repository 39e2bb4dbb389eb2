# Lost: the telephone number of one of Ben's contacts. He had given it to another one by a merge that came second; when
# Ana undid the first one, that contact got back their own, and the first one, of whom that contact had become a part in
# a circle of merges, was corrected along.
seed=9673789 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=122373
2 meet actor=1 dice=275064
3 meet actor=1 dice=939978
4 sync actor=0 dice=707298 steps=1
6 meet actor=1 dice=936961
11 sync actor=1 dice=318056 steps=100
13 sync actor=0 dice=143371 steps=100
26 merge actor=0 about=6 with=2 dice=980008
31 sync actor=0 dice=708858 steps=1
34 unmerge actor=0 about=1 dice=620276
36 merge actor=1 about=2 with=1 dice=63009
37 merge actor=1 about=6 with=2 dice=135730
38 sync actor=1 dice=286001 steps=1
39 merge actor=0 about=1 with=3 dice=397258
41 merge actor=1 about=3 with=3 dice=403448
