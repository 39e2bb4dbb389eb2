# No loss: Ben merged two contacts, and the kept one got a given name that the office had entered meanwhile. Ana put
# another in its place, and Ben, who had not heard of that, took the two apart: hers stays.
seed=90009859 devices=2 page=1000 old=3 push=0
1 meet actor=1 dice=10629
2 meet actor=1 dice=710971
3 meet actor=1 with=2 dice=610826
17 sync actor=1 dice=828294 steps=1
24 merge actor=office about=1 with=2 dice=91161
28 sync actor=1 dice=792279 steps=100
31 meet actor=1 with=3 dice=666745
32 merge actor=1 about=2 with=1 dice=871310
40 set actor=office about=1 dice=383371
41 merge actor=1 about=31 with=3 dice=915104
42 sync actor=1 dice=872598 steps=2
49 sync actor=0 dice=401892 steps=100
56 set actor=0 about=31 dice=754367
65 unmerge actor=1 about=31 dice=871099
