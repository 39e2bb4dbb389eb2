seed=210003966 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=95226
2 meet actor=1 with=1 dice=555175
3 meet actor=1 dice=799318
6 sync actor=1 dice=42721 steps=1
16 sync actor=0 dice=528058 steps=100
18 sync actor=1 dice=80919 steps=1
24 merge actor=1 about=3 with=3 dice=925080
32 sync actor=1 dice=598281 steps=1
42 unmerge actor=1 about=1 dice=369809
45 merge actor=1 about=1 with=2 dice=675364
46 set actor=0 about=1 dice=209019
57 sync actor=0 dice=552913 steps=100
63 merge actor=0 about=2 with=2 dice=257283
