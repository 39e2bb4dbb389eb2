# Lost: a contact's own telephone number. Ana's merge of that contact into another had come second and done nothing; in her
# next merge the number counted as the other one's, which the office had changed, and was replaced by that.
seed=1085559 devices=2 page=1000 old=0
1 meet actor=1 dice=760607
2 meet actor=0 dice=681260
3 meet actor=1 with=2 dice=895133
28 sync actor=1 dice=429523 steps=1
30 sync actor=0 dice=736155 steps=100
33 set actor=office about=1 dice=264301
34 merge actor=1 about=2 with=3 dice=51550
39 specialty actor=0 about=1 dice=731576
41 sync actor=1 dice=466574 steps=1
42 sync actor=1 dice=909424 steps=1
44 merge actor=office about=2 with=3 dice=862346 crash=device crash-at=3 after=1
53 merge actor=0 about=47 with=2 dice=542940 crash=device crash-at=3 after=0
55 merge actor=0 about=3 with=3 dice=544059
