# Lost: the phone number that somebody chose when they merged two contacts whom somebody else had merged before. The first
# merge stands, but what was chosen is an edit of the kept one.
seed=917765 devices=2 page=1000 old=0
1 meet actor=1 dice=996057
3 meet actor=0 dice=211812
10 meet actor=0 dice=744047
17 merge actor=0 about=10 with=2 dice=752190
27 sync actor=0 dice=727100 steps=2
29 sync actor=1 dice=469215 steps=4
34 unmerge actor=0 about=1 dice=55003
35 merge actor=0 about=10 with=3 dice=587221
39 unmerge actor=1 about=10 dice=230961
40 sync actor=0 dice=768488 steps=1
45 sync actor=1 dice=506959 steps=6
47 merge actor=1 about=10 with=2 dice=128688
