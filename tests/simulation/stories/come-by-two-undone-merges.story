# With somebody else: a visit. It had come to the contact who was taken out by two merges that had both been undone, and
# whose it was had been merged into the other one meanwhile: whom it came from last was none of them any more.
seed=909619 devices=2 page=1000 old=0
1 meet actor=0 dice=659465
2 meet actor=1 dice=705027
3 meet actor=0 dice=371696
7 meet actor=0 dice=659366
20 merge actor=0 about=7 with=3 dice=748181
22 sync actor=0 dice=435093 steps=1
34 sync actor=1 dice=659542 steps=100
37 merge actor=1 about=7 with=1 dice=955881
38 merge actor=0 about=7 with=3 dice=377502
39 merge actor=1 about=3 with=7 dice=698740
43 meet actor=1 dice=956327
49 sync actor=0 dice=784836 steps=2
50 merge actor=1 about=43 with=30 dice=183371
51 sync actor=1 dice=902303 steps=2
52 unmerge actor=0 about=43 dice=350776
56 unmerge actor=1 about=1 dice=620667
80 unmerge actor=1 about=1 dice=27876
81 merge actor=0 about=7 with=30 dice=803925
