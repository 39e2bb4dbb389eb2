# Not theirs: a telephone number. Ben's contact had taken it from a second one, and then a third one's in its place; for
# that one Ana chose the same number of the second one. With the second one taken out the third one had their own again,
# and Ben's contact still the second one's.
seed=9675845 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=439856
2 meet actor=1 dice=71547
3 meet actor=0 with=2 dice=942174
9 sync actor=0 dice=970810 steps=1
10 meet actor=1 with=1 dice=48629
12 sync actor=1 dice=826133 steps=100
37 trash actor=0 about=1 dice=655296
44 merge actor=1 about=41 with=41 dice=802731
45 sync actor=0 dice=393823 steps=100
47 merge actor=1 about=41 with=3 dice=165698
50 merge actor=0 about=2 with=1 dice=567682
54 merge actor=1 about=41 with=41 dice=516646
57 merge actor=0 about=10 with=10 dice=634155
60 sync actor=1 dice=603092 steps=1
62 sync actor=0 dice=715089 steps=100
78 unmerge actor=0 about=1 dice=89542
