# In two hands: Ben merged a contact into another one, not knowing that Ana had taken somebody out of it again; when he
# undid that, it got the visits of the one who had been taken out.
seed=61932 devices=2 page=1000 old=0
1 meet actor=0 dice=629667
2 meet actor=0 dice=332341
7 merge actor=0 about=2 with=1 dice=622362
15 meet actor=0 dice=262994
29 sync actor=0 dice=539564 steps=2
32 sync actor=1 dice=971058 steps=100
34 unmerge actor=0 about=2 dice=834582
46 sync actor=0 dice=812663 steps=1
47 merge actor=1 about=3 with=3 dice=574042
53 merge actor=0 about=3 with=3 dice=423339
62 sync actor=1 dice=819498 steps=100
63 unmerge actor=1 about=57 dice=615157
