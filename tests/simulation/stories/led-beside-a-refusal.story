# In two hands: Ana merged a contact into another one; Ben, who had not heard of it, gave the merged one a specialty, and in
# the same push added to a visit that Ana had submitted. The second was refused, and the first, tried once more without it,
# was said to be as Ben had sent it: with him it stayed with the contact who was gone.
seed=3439 devices=2 page=1000 old=0
2 meet actor=1 dice=656738
17 meet actor=0 dice=79780
23 sync actor=1 dice=717409 steps=1
24 meet actor=office dice=115604
40 sync actor=0 dice=960184 steps=100
48 sync actor=1 dice=531542 steps=2
52 submit actor=0 about=24 dice=786043
53 merge actor=0 about=3 with=3 dice=685392
56 sync actor=1 dice=474837 steps=1
58 specialty actor=1 about=17 dice=395277
59 type actor=1 about=24 dice=693289
