# Cleo moved a contact to a territory and back whom the server had moved out of her sight, with a visit that she had
# deleted: the moves come to nothing, and are done with, and the deletion is not: nothing of it was taken.
seed=420043084 devices=3 page=1000 old=0 push=2
1 meet actor=2 dice=955664
3 meet actor=0 dice=322626
14 sync actor=0 dice=685235 steps=1 fate=late fate-at=1
19 sync actor=2 dice=3408 steps=1
22 assign actor=office about=1 dice=436482
28 delete actor=2 about=1 dice=709806
29 sync actor=2 dice=640309 steps=7
50 merge actor=office about=2 with=1 dice=703414
63 assign actor=2 about=1 dice=100884
76 assign actor=2 about=1 dice=607180
