# What is out of a rep's sight did not move their cursor on, so that they were never at the end of the log: each sync
# asked for a comparison that could not be made.
seed=65 devices=2 page=1000 old=0
6 meet actor=0 dice=246634
7 join actor=office dice=937164
14 sync actor=0 dice=197461 steps=100
15 assign actor=0 about=6 dice=355907
61 sync actor=0 dice=752039 steps=1
64 sync actor=1 dice=79561 steps=100
65 type actor=0 about=6 dice=966256
