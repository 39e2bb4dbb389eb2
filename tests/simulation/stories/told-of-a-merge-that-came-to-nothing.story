# A part of two contacts: one whom Ana had merged before Ben did. What he undid of another merge, which had been refused,
# told the server what his own came to hold by that; and that, which had come to nothing there, stood from then on.
seed=23008329 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=231424
2 meet actor=1 with=1 dice=762663
3 meet actor=0 dice=437883
28 merge actor=0 about=3 with=1 dice=584239
30 sync actor=0 dice=977035 steps=1
35 merge actor=office about=1 with=1 dice=6189
38 sync actor=1 dice=978857 steps=100
51 unmerge actor=1 about=2 dice=147912
59 unmerge actor=1 about=3 dice=576529
62 merge actor=1 about=1 with=3 dice=31246
65 sync actor=1 dice=155270 steps=1
66 sync actor=0 dice=69141 steps=100
68 merge actor=1 about=3 with=2 dice=539724
71 meet actor=0 dice=228818
73 unmerge actor=1 about=3 dice=823395
76 merge actor=0 about=3 with=2 dice=275611
