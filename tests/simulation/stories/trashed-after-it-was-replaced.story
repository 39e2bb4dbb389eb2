# Ana merges a contact and chooses a telephone that Ben had taken back meanwhile, is told that it is another one, and
# throws the contact away: nobody else has changed it.
seed=40006090 devices=2 page=1000 old=0 push=0
3 meet actor=1 dice=80590
9 sync actor=1 dice=899491 steps=1
15 sync actor=0 dice=31718 steps=100
27 meet actor=0 dice=247068
28 sync actor=0 dice=105197 steps=2
31 merge actor=office about=3 with=27 dice=622321
37 merge actor=0 about=3 with=4 dice=781142
39 meet actor=0 dice=818888
41 sync actor=1 dice=913947 steps=100
43 sync actor=0 dice=378349 steps=2
48 unmerge actor=1 about=27 dice=755734
54 sync actor=1 dice=249429 steps=1
55 merge actor=0 about=39 with=3 dice=852584
60 sync actor=0 dice=43712 steps=2
68 trash actor=0 about=39 dice=764547
