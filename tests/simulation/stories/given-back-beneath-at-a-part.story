# Back: a telephone that Ben had chosen with a merge and taken back. He had chosen another one over it with a second merge,
# which he took back then; and Ana had merged the kept contact into hers meanwhile, where both of his merges were led.
seed=28101447 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=252793
2 meet actor=1 dice=648903
3 meet actor=0 with=2 dice=737454
4 meet actor=1 dice=135874
18 sync actor=0 dice=35076 steps=1
32 sync actor=1 dice=366715 steps=100
35 merge actor=1 about=3 with=4 dice=310916
39 merge actor=0 about=1 with=1 dice=463053
44 sync actor=0 dice=426958 steps=2
49 merge actor=1 about=4 with=2 dice=306376
59 unmerge actor=1 about=1 dice=172424
64 sync actor=1 dice=117703 steps=2
70 unmerge actor=1 about=1 dice=653176
