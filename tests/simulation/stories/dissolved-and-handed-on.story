# With merges: Ben and Ana took apart what was merged in a chain, from beneath, and merged whom they had taken out with
# another one: undone, the merge above it gave an attendee to who had only had it by the one beneath.
seed=470019179 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=484240
2 meet actor=1 with=1 dice=228657
3 meet actor=1 with=2 dice=686572
6 merge actor=1 about=3 with=1 dice=26855
12 merge actor=1 about=3 with=2 dice=967730
31 unmerge actor=1 about=1 dice=107454
40 merge actor=1 about=2 with=1 dice=184273
53 sync actor=1 dice=464798 steps=1
56 sync actor=0 dice=147978 steps=100
60 unmerge actor=1 about=1 dice=768785
69 unmerge actor=1 about=1 dice=29528
71 unmerge actor=0 about=2 dice=393539
72 merge actor=0 about=3 with=2 dice=718609
