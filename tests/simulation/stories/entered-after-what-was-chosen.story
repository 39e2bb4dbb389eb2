# A new contact was refused, and with them a merge that chose another name. The name that was entered afterwards goes
# with the contact, and not as a change of what was chosen: the merge comes to nothing, as the other one has been
# merged already.
seed=923273 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=845452
3 meet actor=1 dice=45886
12 sync actor=1 dice=242416 steps=2
15 assign actor=office about=1 dice=242416
20 sync actor=0 dice=242416 steps=20
21 meet actor=0 dice=242416
31 meet actor=1 with=1 dice=45886
40 merge actor=0 about=21 with=3 dice=3
41 sync actor=0 dice=242416 steps=2
45 merge actor=1 about=31 with=3 dice=3
46 sync actor=1 dice=1 steps=2
47 set actor=1 about=31 dice=8
48 join actor=office dice=7
