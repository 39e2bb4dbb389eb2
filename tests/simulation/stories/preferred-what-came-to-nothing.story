# A given name at the merged contact only: Ben preferred the kept one's, which that had got by a merge of his that came
# second on the server. So the kept one had none there, and the merged one's was not taken either.
seed=9028212 devices=2 page=1000 old=2 push=0
1 meet actor=1 dice=580756
2 meet actor=0 dice=660384
3 meet actor=1 dice=228480
4 sync actor=0 dice=80790 steps=1
6 sync actor=1 dice=702722 steps=100
37 meet actor=1 dice=628364
40 merge actor=1 about=3 with=3 dice=969869
50 set actor=1 about=1 dice=701580
51 merge actor=office about=49 with=3 dice=525577
55 merge actor=1 about=37 with=49 dice=3575
58 merge actor=1 about=37 with=37 dice=432311
