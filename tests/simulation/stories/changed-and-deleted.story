# Half a contact: Ana changed somebody whom Ben deleted at the same time. The contact was kept with her change, and came
# without the follow-ups and the patient's particulars that had gone to the trash with it.
seed=17000241 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=31724
8 sync actor=1 dice=839149 steps=1
40 sync actor=0 dice=40056 steps=2
57 set actor=0 about=1 dice=557022
60 trash actor=1 about=1 dice=816172
