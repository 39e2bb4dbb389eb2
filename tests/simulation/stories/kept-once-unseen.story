# Cleo, who did not know that Ana had merged somebody into one who was at the same visit, merged them into others and
# took them out again: the undoing brought their part in the visit back, beside that with which it had been made one.
seed=80014411 devices=3 page=1000 old=0 push=0
1 meet actor=office dice=42697
2 meet actor=0 dice=451007
3 meet actor=1 dice=122490
12 sync actor=1 dice=467118 steps=100
13 meet actor=2 dice=814715
14 meet actor=1 with=1 dice=686453
15 sync actor=1 dice=56932 steps=1
16 sync actor=0 dice=375723 steps=100
22 sync actor=2 dice=99143 steps=100
25 merge actor=1 about=13 with=1 dice=479562
28 merge actor=2 about=3 with=14 dice=850131
40 merge actor=2 about=2 with=2 dice=864525
52 merge actor=2 about=13 with=13 dice=166742
53 merge actor=2 about=2 with=1 dice=813541
54 sync actor=1 dice=378425 steps=1
55 sync actor=1 dice=14033 steps=1
58 unmerge actor=2 about=1 dice=173193
69 merge actor=0 about=14 with=3 dice=264452
