# With somebody else: who was at a visit. Their part in it was kept once by a merge into a third one and had gone back to
# them since; whose merge was undone last took it along, as if it had been theirs.
seed=1004959 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=968878
2 meet actor=0 dice=871263
3 meet actor=1 dice=391854
5 sync actor=0 dice=975867 steps=1
6 sync actor=1 dice=87864 steps=100
11 attend actor=1 about=1 with=3 dice=604685
16 merge actor=1 about=9 with=3 dice=410010
17 merge actor=1 about=9 with=1 dice=256538
31 unmerge actor=1 about=3 dice=620866
52 merge actor=1 about=3 with=9 dice=772730
54 unmerge actor=1 about=1 dice=580737
