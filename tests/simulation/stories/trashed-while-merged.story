# In two hands: Ana trashed a contact and took them out again, and had not heard that Ben had merged them into another one
# meanwhile: both were there, and the visits were with the other one.
seed=2261 devices=2 page=1000 old=0
2 meet actor=0 dice=922012
23 meet actor=1 dice=950869
31 sync actor=0 dice=630871 steps=1
37 trash actor=0 about=2 dice=443337
40 sync actor=1 dice=799844 steps=100
43 merge actor=1 about=16 with=3 dice=450439
66 sync actor=1 dice=469637 steps=1
67 restore actor=0 about=2 dice=416906
