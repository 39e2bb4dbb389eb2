# In the trash with somebody else: a follow-up. Ana deleted a contact into whom another one had been merged, and took that
# one out again: they came back without what was theirs, and what had been deleted with a patient could not even be seen
# in the trash.
seed=14003703 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=875572
6 meet actor=1 dice=241890
14 sync actor=1 dice=186808 steps=1
19 merge actor=1 about=6 with=3 dice=424462
26 sync actor=0 dice=869395 steps=100
39 set actor=0 about=1 dice=599916
44 sync actor=1 dice=395974 steps=2
45 sync actor=0 dice=18902 steps=100
58 trash actor=0 about=6 dice=159731
59 unmerge actor=0 about=1 dice=107679
