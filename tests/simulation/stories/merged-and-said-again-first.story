# Two contacts whom Ana had made one were two again, and nobody could merge them: the server went back to a copy that had
# neither, and Ana said the merge again before Ben said the contact of his who was merged.
seed=3002479 devices=2 page=1000 old=0
2 meet actor=0 dice=409563
9 copy actor=office dice=610860
12 meet actor=1 dice=708426
14 sync actor=1 dice=530940 steps=1
20 sync actor=0 dice=379724 steps=100
23 merge actor=0 about=2 with=12 dice=939791
24 sync actor=0 dice=877997 steps=2
57 return actor=office dice=125800
