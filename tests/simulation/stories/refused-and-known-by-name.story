# In two hands: Ana and Ben each gave a contact the same specialty; Ben's, with a description, was refused with the
# rest. When a merge brought it along once more, the specialty had come from the server, without a description, and his
# was gone.
seed=27935 devices=2 page=1000 old=0
2 meet actor=office dice=904356
3 meet actor=0 dice=952111
7 sync actor=0 dice=275037 steps=100
18 sync actor=1 dice=270972 steps=1
26 sync actor=1 dice=516959 steps=2
29 specialty actor=0 about=2 dice=701660
30 sync actor=0 dice=240345 steps=1
44 specialty actor=1 about=2 dice=822990
49 sync actor=1 dice=656342 steps=100
54 merge actor=1 about=3 with=2 dice=606845
