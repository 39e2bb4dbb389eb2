# Right: the follow-up stays in the trash, by itself. Ben had merged its contact into his, which came to nothing, and sent his
# to the trash with it; whom he took the contact out of after that was somebody else, who was never there.
seed=32001959 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=817356
2 meet actor=0 dice=881807
5 sync actor=0 dice=592542 steps=1
8 sync actor=1 dice=518232 steps=100
9 merge actor=0 about=3 with=3 dice=48025
12 sync actor=0 dice=127092 steps=1
16 meet actor=1 dice=978517
19 sync actor=0 dice=399082 steps=1
20 merge actor=1 about=16 with=16 dice=576028
30 trash actor=1 about=16 dice=344312
41 sync actor=1 dice=565587 steps=100
44 unmerge actor=1 about=16 dice=703127
