# Lost: that somebody was at a visit. Of three merged contacts one had an attendee that was brought back when the second
# went; the second came again, was kept once with that, and did not get their own back when the first went too.
seed=5012610 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=505969
2 meet actor=1 dice=373949
3 meet actor=1 dice=471067
4 sync actor=1 dice=553169 steps=100
5 sync actor=0 dice=90790 steps=100
7 rewrite actor=0 about=1 dice=22975
14 merge actor=0 about=3 with=1 dice=357693
15 merge actor=0 about=3 with=3 dice=568371
31 attend actor=office about=3 with=1 dice=902728
34 sync actor=0 dice=285531 steps=7
38 merge actor=1 about=3 with=3 dice=478638
54 merge actor=1 about=3 with=2 dice=509961
55 unmerge actor=0 about=1 dice=172535
65 unmerge actor=office about=1 dice=854986
68 unmerge actor=0 about=3 dice=423379
70 sync actor=1 dice=296556 steps=100
