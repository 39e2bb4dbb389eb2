# One state: Ana merged two contacts, moved the one to a territory that she is not in and took them apart. The move was
# refused, and no longer listed once the taking apart was taken, as the merge record had been moved along: the contact was
# in that territory with her and nowhere else.
seed=20016147 devices=2 page=1000 old=0 push=0
2 meet actor=1 dice=426753
3 meet actor=0 dice=26272
11 assign actor=1 about=2 dice=269824
15 sync actor=1 dice=606704 steps=1
18 sync actor=0 dice=729291 steps=100
20 merge actor=0 about=3 with=2 dice=332469
24 assign actor=0 about=3 dice=278369
29 unmerge actor=0 about=3 dice=549018
