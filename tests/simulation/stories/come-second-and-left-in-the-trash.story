# One contact was made a patient by Ben and by Ana: hers was refused, and came as that of another contact, with a merge. Taken
# apart in the trash, the contact has what Ben made; what Ana made stays there.
seed=51000843 devices=2 page=1000 old=0 push=0
3 meet actor=office dice=674754
21 sync actor=1 dice=803137 steps=100
24 enrol actor=1 about=3 dice=359833
29 sync actor=0 dice=726561 steps=2
31 enrol actor=0 about=3 dice=104754
34 meet actor=1 with=3 dice=893859
35 sync actor=1 dice=250361 steps=1
36 sync actor=0 dice=511973 steps=1
37 sync actor=0 dice=116746 steps=100
43 merge actor=0 about=34 with=3 dice=57913
45 sync actor=0 dice=423705 steps=1
49 trash actor=0 about=34 dice=743193
51 unmerge actor=0 about=34 dice=822171
