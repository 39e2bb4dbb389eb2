# Deleted unseen: Ana merged a contact of Ben into another one, and Ben, who had not heard of it, deleted that one.
seed=1003 devices=2 page=1000 old=0
1 meet actor=office dice=974674
12 meet actor=1 dice=534748
15 sync actor=1 dice=978982 steps=100
19 sync actor=0 dice=20746 steps=2
27 set actor=1 about=12 dice=694053
62 sync actor=0 dice=184760 steps=1
63 merge actor=0 about=1 with=60 dice=85681
64 delete actor=1 about=1 dice=672537
