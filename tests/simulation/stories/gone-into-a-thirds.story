# Gone for good: what Ana said of a physician. Ben had merged that contact into another one, which he merged into a third one
# with particulars of its own, and took the first one out again: theirs were dissolved in those of the third one.
seed=52001286 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=963991
3 meet actor=1 dice=602657
5 meet actor=1 with=2 dice=846205
6 merge actor=1 about=5 with=2 dice=837759
9 meet actor=1 dice=551475
10 meet actor=1 dice=238912
12 merge actor=1 about=3 with=5 dice=728143
13 import actor=1 dice=392502
20 import actor=1 dice=695372
21 specialty actor=1 about=10 dice=910755
22 unmerge actor=1 about=1 dice=847491
27 merge actor=1 about=5 with=1 dice=286294
32 unmerge actor=1 about=1 dice=582178
34 merge actor=1 about=10 with=5 dice=63276
37 unmerge actor=1 about=9 dice=652084
38 sync actor=1 dice=710180 steps=9
42 sync actor=0 dice=477166 steps=100
44 specialty actor=0 about=5 dice=190814
54 merge actor=1 about=5 with=3 dice=679283
64 merge actor=1 about=5 with=2 dice=54059
72 merge actor=1 about=9 with=60 dice=404913
