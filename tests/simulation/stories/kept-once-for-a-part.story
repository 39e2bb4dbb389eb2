# With somebody else: that somebody was at a visit. Ana had merged them into a contact, who had another one at that visit
# already, and that contact into a fourth. Taking the other one out gave theirs to the fourth; but Ben had made that a part
# of the one who was taken out, which the server took for Ana's word.
seed=120034811 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=737316
2 meet actor=0 dice=917152
3 meet actor=1 dice=424394
12 sync actor=1 dice=521284 steps=2
13 meet actor=0 dice=224819
17 sync actor=0 dice=383188 steps=100
21 attend actor=0 about=1 with=3 dice=660794
29 merge actor=1 about=3 with=3 dice=126519
38 sync actor=1 dice=401442 steps=1
40 attend actor=0 about=1 with=1 dice=557031
45 merge actor=0 about=13 with=3 dice=59273
47 merge actor=0 about=13 with=13 dice=381992
51 merge actor=0 about=50 with=13 dice=229614
55 unmerge actor=0 about=1 dice=172417
