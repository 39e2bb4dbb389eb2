# Ana took back the merge by which a contact had got another one's name. That one is a part of the contact all the same, by a
# merge of Ben's: the name is there by that one.
seed=12058225 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=52910
2 meet actor=1 dice=94913
3 meet actor=0 with=1 dice=169192
26 sync actor=1 dice=500593 steps=100
31 sync actor=0 dice=468386 steps=100
37 set actor=0 about=1 dice=237808
45 merge actor=0 about=3 with=1 dice=465809
51 merge actor=0 about=3 with=3 dice=784148
60 unmerge actor=0 about=2 dice=151705
61 merge actor=0 about=2 with=2 dice=154137
76 unmerge actor=0 about=1 dice=641246
77 merge actor=1 about=3 with=3 dice=632145
78 unmerge actor=0 about=3 dice=53827
