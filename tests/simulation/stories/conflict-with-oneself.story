# The answer to a push told only what was new, and edits that were made meanwhile were merged into themselves: the rep's
# own notes stood there as two people's.
seed=4052 devices=2 page=1000 old=0
1 meet actor=0 dice=48317
17 type actor=0 about=1 dice=724326
20 sync actor=0 dice=238567 steps=1
21 strike actor=0 about=1 dice=767219
23 strike actor=0 about=1 dice=786368
28 sync actor=0 dice=604137 steps=1
30 strike actor=0 about=1 dice=214532
