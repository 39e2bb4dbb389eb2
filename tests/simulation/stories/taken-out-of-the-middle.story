# Lost: that somebody was at a visit. Two contacts were there; the one became a part of a third, and that one of the other,
# so that their being there was kept once. When the first of both merges was undone, it went back to the trash of whoever
# came back, and nobody knew any more that they had been there.
seed=348 devices=2 page=1000 old=0
1 meet actor=1 dice=935627
2 meet actor=1 with=1 dice=464354
3 meet actor=1 with=1 dice=414803
13 merge actor=1 about=3 with=2 dice=920000
33 sync actor=0 dice=933390 steps=100
34 sync actor=1 dice=687050 steps=1
39 sync actor=0 dice=604639 steps=2
40 merge actor=0 about=2 with=1 dice=766636
49 unmerge actor=1 about=1 dice=197654
