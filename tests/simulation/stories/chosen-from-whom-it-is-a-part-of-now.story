seed=220000665 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=362242
2 meet actor=0 dice=297715
3 meet actor=1 dice=590282
4 sync actor=1 dice=87400 steps=1
7 set actor=1 about=3 dice=498379
14 merge actor=0 about=3 with=1 dice=744804
17 sync actor=0 dice=940785 steps=100
20 unmerge actor=office about=1 dice=895153 crash=device crash-at=3 after=1
21 merge actor=0 about=1 with=1 dice=160862
22 sync actor=0 dice=853123 steps=100
23 sync actor=1 dice=675694 steps=2
31 unmerge actor=0 about=1 dice=364564
37 merge actor=office about=27 with=1 dice=453455
66 merge actor=0 about=3 with=3 dice=664448
