# In two hands: Ana merged Cleo's contact into Dan's; Cleo, who had not heard of it, trashed Dan's, and her own was
# gone.
seed=105856 devices=4 page=1000 old=0
1 meet actor=3 dice=678859
3 meet actor=2 dice=797613
42 sync actor=3 dice=391695 steps=1
46 sync actor=2 dice=181795 steps=1
55 sync actor=0 dice=583433 steps=100
68 merge actor=0 about=1 with=2 dice=181825
79 sync actor=2 dice=277754 steps=3
80 trash actor=2 about=1 dice=79185
