# Back again: an appointment that Ana had deleted. Ben had sent its contact to the trash with it meanwhile, and her edit
# of the contact brought back what had gone there with the contact.
seed=20010976 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=214395
2 book actor=0 about=1 dice=68622
14 sync actor=0 dice=687549 steps=100
17 sync actor=1 dice=300552 steps=1
25 delete actor=0 about=2 dice=202535
27 sync actor=1 dice=685287 steps=1
36 sync actor=1 dice=698470 steps=1
37 trash actor=1 about=1 dice=715410
39 set actor=0 about=1 dice=911103
41 sync actor=1 dice=621859 steps=1
