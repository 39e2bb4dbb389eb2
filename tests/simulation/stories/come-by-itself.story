# Ana and Ben merged three contacts in a row, and Ben took his merge back. He made the last one a part of the first, and
# took that back too: the last one's visit stayed, as it seemed to have come by his first merge.
seed=12101457 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=578137
2 meet actor=0 dice=285123
3 meet actor=1 dice=146686
16 sync actor=0 dice=921443 steps=1
35 sync actor=1 dice=665256 steps=100
37 merge actor=1 about=3 with=1 dice=192956
44 merge actor=0 about=3 with=1 dice=271897
45 sync actor=1 dice=307370 steps=1
64 unmerge actor=1 about=1 dice=987026
66 merge actor=1 about=2 with=3 dice=314436
68 unmerge actor=1 about=1 dice=843410
