# A contact was merged into another, and the other into the first once that was undone: taking the first out of a third
# one left its own visits there.
seed=101788 devices=2 page=1000 old=0
1 meet actor=1 dice=625650
3 meet actor=1 dice=231887
17 sync actor=1 dice=634083 steps=1
24 meet actor=1 dice=602757
27 sync actor=0 dice=760197 steps=100
28 merge actor=0 about=1 with=24 dice=684569
31 unmerge actor=0 about=24 dice=147988
42 merge actor=0 about=3 with=1 dice=921130
51 merge actor=1 about=24 with=3 dice=678090
70 unmerge actor=1 about=2 dice=852933
