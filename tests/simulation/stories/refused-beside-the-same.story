# Without a merge: Ana and Cleo each wrote down a specialty of the same name with a contact's particulars. Cleo's were
# refused, she deleted the specialty, and what she had written of it was nowhere.
seed=480029614 devices=4 page=1000 old=0 push=0
1 meet actor=2 dice=830005
36 sync actor=2 dice=747043 steps=1
41 sync actor=0 dice=45935 steps=100
50 specialty actor=0 about=1 dice=141072
52 sync actor=0 dice=779008 steps=1
56 specialty actor=2 about=1 dice=385557
58 sync actor=2 dice=234262 steps=100
71 mend actor=2 dice=245371
