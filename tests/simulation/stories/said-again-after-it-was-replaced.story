seed=130005283 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=300017
2 meet actor=1 dice=447305
3 meet actor=1 with=2 dice=912032
6 set actor=1 about=1 dice=471224
11 sync actor=1 dice=642019 steps=1
31 merge actor=1 about=2 with=1 dice=838667
35 sync actor=1 dice=811825 steps=2
36 sync actor=0 dice=790647 steps=1
37 sync actor=0 dice=520845 steps=2
50 merge actor=0 about=2 with=1 dice=981250
54 sync actor=0 dice=115188 steps=1
59 sync actor=1 dice=314654 steps=4
60 set actor=office about=2 dice=990320
