# Ben has made a patient, which was refused, and put the contact with all of it into a territory and out again. Nothing
# of that was taken; a change of a visit from before had been, which the check took for a part of it.
seed=663014726 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=748680
3 sync actor=1 dice=217920 steps=1
5 sync actor=0 dice=993611 steps=2
8 join actor=office dice=807766
12 type actor=1 about=1 dice=717541
13 sync actor=1 dice=195870 steps=100
14 enrol actor=0 about=1 dice=171196
34 enrol actor=1 about=1 dice=328998
47 assign actor=1 about=1 dice=798099
58 assign actor=1 about=1 dice=604955
59 sync actor=0 dice=145268 steps=1

