# Not theirs: a visit. Ana merged its contact into another one, which was refused, as that takes part in the team; the next
# merge told that the visit was of whom it had gone to, and undone gave it to them.
seed=51004616 devices=2 page=1000 old=0 push=3
1 meet actor=0 dice=879754
2 meet actor=0 dice=931124
3 meet actor=0 dice=369322
7 sync actor=0 dice=404112 steps=100
8 attend actor=0 about=1 with=3 dice=135949
12 merge actor=0 about=1 with=3 dice=457809
13 meet actor=0 dice=6661
14 merge actor=0 about=3 with=13 dice=230187
15 merge actor=0 about=13 with=13 dice=693739
17 unmerge actor=0 about=13 dice=919075
18 unmerge actor=0 about=1 dice=499826
30 unmerge actor=0 about=1 dice=502839
33 trash actor=0 about=13 dice=243575
36 merge actor=0 about=13 with=1 dice=613351
42 sync actor=0 dice=412183 steps=7
47 attend actor=0 about=1 with=1 dice=453631
48 merge actor=0 about=13 with=3 dice=884756
50 sync actor=0 dice=750307 steps=6
52 unmerge actor=0 about=1 dice=31705
53 sync actor=0 dice=912752 steps=100 crash=server crash-at=3 after=0
55 sync actor=0 dice=944157 steps=5
56 merge actor=office about=3 with=2 dice=888647
57 unmerge actor=0 about=1 dice=463830
63 merge actor=0 about=2 with=3 dice=570002
65 merge actor=0 about=3 with=2 dice=687098
66 merge actor=0 about=13 with=3 dice=958295
70 unmerge actor=0 about=1 dice=342422
