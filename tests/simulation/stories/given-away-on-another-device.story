# Lost: that somebody was at a visit. It was kept once for them and the contact whom they were merged into; who took a
# third one out of that contact said that it is the third one's, and the server, which alone knew of both, did not give
# the other theirs back.
seed=904626 devices=3 page=1000 old=0
1 meet actor=1 dice=983608
2 meet actor=1 dice=963520
3 meet actor=0 dice=27644
14 attend actor=1 about=2 with=1 dice=610239
20 sync actor=0 dice=622742 steps=1
25 sync actor=1 dice=913867 steps=100
26 sync actor=0 dice=818853 steps=1
38 sync actor=2 dice=448098 steps=100
39 merge actor=2 about=3 with=2 dice=954154
42 sync actor=0 dice=400761 steps=2
43 sync actor=2 dice=199065 steps=1
50 attend actor=1 about=2 with=21 dice=371368
55 sync actor=1 dice=853509 steps=100
58 unmerge actor=1 about=3 dice=227593
69 merge actor=0 about=21 with=1 dice=943630
