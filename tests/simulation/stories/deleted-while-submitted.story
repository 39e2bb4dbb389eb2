# Without a merge: the answer to Dan's visit was lost, he wrote on and deleted it; Cleo had submitted it meanwhile. Both
# were refused, and what he had written was nowhere.
seed=460008632 devices=4 page=1000 old=0 push=0
1 meet actor=3 dice=2961
22 sync actor=3 dice=45454 steps=1
23 type actor=3 about=1 dice=920833
24 delete actor=3 about=1 dice=282083
49 sync actor=2 dice=241371 steps=100
56 submit actor=2 about=1 dice=638790
