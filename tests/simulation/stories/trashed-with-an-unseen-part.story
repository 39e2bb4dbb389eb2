# In two hands: Ben merged a contact that Ana had renamed meanwhile, and trashed the one that he kept before he heard
# of it. What she had written was gone with it.
seed=6495 devices=2 page=1000 old=0
2 meet actor=0 dice=848579
8 sync actor=0 dice=732073 steps=1
10 sync actor=1 dice=808096 steps=100
11 meet actor=1 dice=697193
17 merge actor=1 about=11 with=11 dice=415915
22 set actor=0 about=2 dice=62588
23 sync actor=0 dice=357669 steps=2
26 sync actor=1 dice=791004 steps=1
27 trash actor=1 about=11 dice=562109
