# Hers as if she had meant another: Ben had made two contacts a part of the office's, and Ana, who had not heard of it,
# merged hers into one of these; all had particulars of a physician. When Ben took the other one out from beneath, her
# merge was made anew into the office's contact; it did not go along when her contact's was taken out as well.
seed=70001879 devices=2 page=1000 old=0 push=4
1 meet actor=0 dice=555426
2 meet actor=1 dice=985709
3 meet actor=office dice=540017
18 meet actor=1 with=1 dice=866955
22 sync actor=1 dice=118569 steps=100
35 merge actor=1 about=3 with=18 dice=179504
38 sync actor=0 dice=429752 steps=100
44 merge actor=1 about=18 with=3 dice=226483
45 specialty actor=0 about=18 dice=466213
51 sync actor=1 dice=952609 steps=100
55 unmerge actor=1 about=1 dice=12726
70 specialty actor=0 about=1 dice=714168
74 specialty actor=office about=1 dice=738014
77 merge actor=0 about=2 with=1 dice=490443
