# Stayed: a telephone that Ana had chosen for her contact from another one of hers with a merge that came second, as Ben had
# merged both into his. It changed with her other contact; taken out of his, hers kept it, as the merge of it did not know.
seed=50004883 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=758372
3 meet actor=0 with=1 dice=312859
7 meet actor=0 dice=187523
13 merge actor=0 about=7 with=3 dice=785378
17 unmerge actor=0 about=1 dice=762526
18 meet actor=1 dice=711500
19 sync actor=0 dice=268598 steps=1
22 sync actor=1 dice=613302 steps=100
23 merge actor=1 about=18 with=2 dice=754023
24 merge actor=0 about=3 with=2 dice=485810
25 merge actor=1 about=18 with=7 dice=158262
26 sync actor=0 dice=773049 steps=2
34 merge actor=0 about=7 with=2 dice=930804
37 sync actor=1 dice=810787 steps=100
46 unmerge actor=1 about=1 dice=578670
64 unmerge actor=1 about=7 dice=399416
