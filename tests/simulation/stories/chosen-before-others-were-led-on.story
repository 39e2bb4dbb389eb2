# A given name that Ana had chosen with a merge is lost: Ben took her contact out of another one, and what was merged into
# her contact was merged there again, one after the other. So the name that had been changed meanwhile of the first came
# before the one that she had chosen with the second, and there was no room for that.
seed=9210828 devices=2 page=1000 old=2 push=0
1 meet actor=1 dice=898416
2 meet actor=0 with=1 dice=32446
3 meet actor=0 with=2 dice=556329
8 sync actor=0 dice=8851 steps=2
10 sync actor=1 dice=422434 steps=1
11 sync actor=0 dice=530474 steps=2
13 sync actor=1 dice=190980 steps=100
17 meet actor=1 dice=790958
27 merge actor=1 about=3 with=25 dice=475393
31 merge actor=0 about=1 with=3 dice=541469
32 merge actor=office about=25 with=25 dice=842994
38 merge actor=1 about=2 with=17 dice=63890
39 sync actor=1 dice=615147 steps=1
40 import actor=0 dice=887460
42 merge actor=0 about=25 with=25 dice=459580
45 unmerge actor=1 about=1 dice=732556
