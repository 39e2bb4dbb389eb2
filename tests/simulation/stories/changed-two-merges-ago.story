# An old telephone number came back: Ana merged a contact into another one, and that into a third; Ben, who had not heard of
# it, changed the first, and took the second out of the third again.
seed=41457 devices=2 page=1000 old=0
1 meet actor=0 dice=239982
2 meet actor=1 dice=190720
3 meet actor=0 dice=287499
5 sync actor=0 dice=794213 steps=1
6 sync actor=1 dice=959274 steps=100
25 merge actor=0 about=1 with=2 dice=315215
30 sync actor=0 dice=647973 steps=100
38 merge actor=0 about=3 with=2 dice=754463
40 sync actor=0 dice=208343 steps=1
45 set actor=1 about=3 dice=691162
48 sync actor=1 dice=691073 steps=100
50 unmerge actor=1 about=1 dice=995569
