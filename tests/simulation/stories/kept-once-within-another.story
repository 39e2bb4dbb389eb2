# Of two who were at a visit and are a part of a third one, one was kept, in whom the third one was made a part of. The one that was
# kept goes back to whose it was: the other one was there, and the third one has that when they are taken out.
seed=480013778 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=315136
2 meet actor=1 with=1 dice=439960
3 meet actor=1 dice=535098
13 meet actor=1 dice=486164
20 sync actor=1 dice=131427 steps=1
21 merge actor=1 about=13 with=2 dice=13886
25 sync actor=0 dice=741425 steps=100
28 merge actor=0 about=2 with=3 dice=690302
31 sync actor=0 dice=305843 steps=1
41 sync actor=1 dice=84680 steps=100
43 unmerge actor=1 about=1 dice=708525
44 meet actor=1 with=13 dice=461945
48 attend actor=1 about=44 with=44 dice=219384
49 merge actor=1 about=44 with=1 dice=527719
53 merge actor=1 about=2 with=2 dice=168092
58 merge actor=1 about=2 with=3 dice=69133
60 unmerge actor=1 about=1 dice=841236
73 unmerge actor=1 about=1 dice=929567
