# An edit was refused, and its author deleted the record: put on top of the deleted record, the refused edit showed it
# alive again.
seed=201159 devices=2 page=1000 old=0
1 meet actor=0 dice=593374
5 sync actor=0 dice=173371 steps=2
6 assign actor=office about=1 dice=223404
7 type actor=0 about=1 dice=219621
18 sync actor=0 dice=120276 steps=1
25 join actor=office dice=271353
26 sync actor=0 dice=971356 steps=1
27 delete actor=0 about=1 dice=681692
30 sync actor=0 dice=816128 steps=2
61 type actor=0 about=1 dice=302984
