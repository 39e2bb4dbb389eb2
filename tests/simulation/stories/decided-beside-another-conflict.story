# A value, and then the one that others had put there meanwhile: as the answer to the second told of a conflict about
# another field, one was left about this one.
seed=1037038 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=165367
3 meet actor=office dice=267839
11 set actor=1 about=1 dice=133142
30 meet actor=office dice=841499
31 sync actor=1 dice=247739 steps=100
33 sync actor=0 dice=618349 steps=2
45 set actor=0 about=30 dice=276481
51 merge actor=0 about=3 with=1 dice=682907
56 merge actor=1 about=3 with=30 dice=306721
63 set actor=1 about=1 dice=462305
75 merge actor=0 about=3 with=30 dice=169080
