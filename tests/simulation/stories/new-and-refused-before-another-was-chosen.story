# Lost: the name of a new contact, who was refused at first and went again with the name that a merge had chosen; the
# merge came to nothing, as somebody else had merged the other one already, and was taken back.
seed=923273 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=845452
3 meet actor=1 dice=45886
12 sync actor=1 dice=242416 steps=2
15 assign actor=office about=1 dice=242416
20 sync actor=0 dice=242416 steps=20
21 meet actor=0 dice=242416
31 meet actor=1 with=1 dice=45886
32 sync actor=1 dice=241416 steps=2
40 merge actor=0 about=21 with=3 dice=3
41 sync actor=0 dice=242416 steps=2
45 merge actor=1 about=31 with=3 dice=3
46 join actor=office dice=940370
47 sync actor=1 dice=1 steps=1
49 unmerge actor=1 about=31 dice=377900
