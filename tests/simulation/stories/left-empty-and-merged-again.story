# Ana gave a contact a name who had been merged meanwhile, and took the two apart; Ben, who had not heard of her name, had
# merged them again: the kept one got it, as it had none. The check took it for a loss of what Ana had left empty.
seed=11018053 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=769992
2 meet actor=0 dice=15790
14 sync actor=0 dice=523078 steps=1
23 sync actor=1 dice=250736 steps=100
30 sync actor=0 dice=3616 steps=100
33 set actor=0 about=1 dice=271188
37 merge actor=1 about=2 with=2 dice=710073
48 sync actor=1 dice=588501 steps=1
49 unmerge actor=1 about=1 dice=362468
51 merge actor=1 about=2 with=1 dice=845279
54 sync actor=0 dice=654669 steps=100
55 unmerge actor=0 about=1 dice=360662
