# In two hands: Ana undid Ben's merge of two contacts after she had merged the one that took in the other into a third,
# and merged that other one into the third as well. When she undid the first, the visits of the other one went to the
# contact who had only had them for a while.
seed=102553 devices=2 page=1000 old=0
1 meet actor=1 dice=809311
2 meet actor=1 dice=579391
3 meet actor=0 dice=20661
20 merge actor=1 about=3 with=2 dice=325463
22 sync actor=1 dice=729837 steps=1
31 sync actor=0 dice=379288 steps=100
33 merge actor=0 about=3 with=1 dice=452342
41 unmerge actor=0 about=2 dice=370701
44 merge actor=0 about=43 with=2 dice=359352
56 unmerge actor=0 about=3 dice=640806
