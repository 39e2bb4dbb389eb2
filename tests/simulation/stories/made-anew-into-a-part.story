# At one visit twice: the server had made a merge of Ben's anew, of which another one stood in the way, and with it brought
# back a contact whom Ana had merged into a third one by then.
seed=40000624 devices=3 page=1000 old=0 push=0
1 meet actor=0 dice=917107
2 meet actor=office dice=229799
3 meet actor=1 dice=974348
5 sync actor=1 dice=905015 steps=100
7 sync actor=2 dice=944508 steps=1
8 sync actor=0 dice=588590 steps=4
9 merge actor=0 about=2 with=2 dice=204067
11 sync actor=2 dice=514945 steps=2
16 attend actor=office about=3 with=3 dice=970970
20 unmerge actor=0 about=2 dice=828700
21 sync actor=0 dice=467153 steps=10
22 meet actor=1 dice=567552
28 merge actor=0 about=22 with=2 dice=922465
30 sync actor=0 dice=308674 steps=1
32 merge actor=0 about=22 with=2 dice=50933
33 sync actor=1 dice=419571 steps=1
34 unmerge actor=0 about=22 dice=768343
35 sync actor=2 dice=680140 steps=100
36 enrol actor=2 about=22 dice=934530
37 merge actor=2 about=22 with=22 dice=260734
38 sync actor=0 dice=372673 steps=1
39 sync actor=2 dice=914544 steps=1
40 merge actor=0 about=19 with=2 dice=459240
41 enrol actor=1 about=3 dice=346562
43 unmerge actor=0 about=3 dice=986033
45 sync actor=1 dice=452441 steps=100
49 unmerge actor=0 about=22 dice=641470
53 merge actor=1 about=19 with=2 dice=388095
62 sync actor=1 dice=340050 steps=1
