# Back again: an appointment that Ana had deleted. Ben had deleted its contact with all that is theirs meanwhile, and
# Cleo's edit of the contact had brought that back; but nobody had wanted the appointment by itself.
seed=20010976 devices=3 page=1000 old=0 push=1
1 meet actor=0 dice=214395
2 book actor=0 about=1 dice=68622
14 sync actor=0 dice=687549 steps=100
17 sync actor=1 dice=300552 steps=100
18 sync actor=2 dice=300553 steps=100
25 delete actor=0 about=2 dice=202535
37 trash actor=1 about=1 dice=715410
39 set actor=2 about=1 dice=911103
41 sync actor=1 dice=621859 steps=100
42 sync actor=2 dice=621859 steps=100
43 sync actor=0 dice=621859 steps=100
