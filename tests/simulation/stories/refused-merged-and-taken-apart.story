# A second patient of one contact was refused, became the kept contact's by a merge, and stayed there without a
# word when that was undone.
seed=42491 devices=2 page=1000 old=0
1 meet actor=1 dice=166570
2 meet actor=1 dice=952439
8 sync actor=1 dice=191087 steps=1
11 enrol actor=1 about=2 dice=452602
13 sync actor=0 dice=521406 steps=100
14 enrol actor=0 about=2 dice=13352
16 sync actor=1 dice=856111 steps=2
30 sync actor=0 dice=763338 steps=1
33 merge actor=0 about=3 with=2 dice=116320
35 sync actor=0 dice=701402 steps=2
76 unmerge actor=0 about=64 dice=433717
