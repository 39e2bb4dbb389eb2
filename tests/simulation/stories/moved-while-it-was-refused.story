# Not equal: whom an attendee is. They were added to a visit that somebody had submitted, which was refused, and moved by a
# merge that had nothing to move on the server; when they came after all, the device was not told of whom they are there.
seed=1064341 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=820166
3 meet actor=0 dice=653682
16 sync actor=2 dice=427440 steps=100
18 set actor=2 about=1 dice=934575
44 sync actor=0 dice=653662 steps=1
46 sync actor=2 dice=994883 steps=4
50 attend actor=2 about=3 with=3 dice=5607
55 submit actor=0 about=3 dice=241432
61 merge actor=office about=12 with=3 dice=911268
67 merge actor=2 about=12 with=12 dice=464983
70 sync actor=0 dice=902130 steps=2
76 sync actor=2 dice=59339 steps=1
80 sync actor=2 dice=868095 steps=3
81 mend actor=2 dice=553160
