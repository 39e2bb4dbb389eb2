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
23 sync actor=1 dice=675694 steps=100
26 meet actor=0 with=2 dice=691165
27 meet actor=1 with=2 dice=98428
28 sync actor=0 dice=110458 steps=1
31 unmerge actor=0 about=1 dice=364564
37 merge actor=office about=27 with=1 dice=453455
38 merge actor=0 about=26 with=3 dice=627235
48 sync actor=0 dice=897122 steps=100
50 unmerge actor=0 about=1 dice=159620
53 meet actor=1 dice=143484
55 sync actor=1 dice=348938 steps=1
58 merge actor=1 about=3 with=1 dice=446793
60 merge actor=1 about=27 with=3 dice=911420
61 sync actor=0 dice=478443 steps=100
63 meet actor=0 with=26 dice=251729
66 merge actor=0 about=3 with=3 dice=664448
