# A value, and then the one that others had put there meanwhile, in two pushes: a conflict was left about them.
seed=37835 devices=2 page=1000 old=0 push=5
1 meet actor=0 dice=858496
3 meet actor=1 dice=477010
15 sync actor=0 dice=899635 steps=2
16 sync actor=1 dice=622878 steps=100
32 sync actor=0 dice=354543 steps=2
33 merge actor=0 about=1 with=1 dice=457425
34 set actor=1 about=3 dice=876654
35 set actor=1 about=1 dice=304004
62 merge actor=1 about=1 with=3 dice=500814
