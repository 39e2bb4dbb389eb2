# Back from the trash: a contact whom taking an import back had thrown away. Undoing the reversal of a second import, which
# had changed that contact, edited it in the trash, and the server takes an edit for a wish to have it back.
seed=936438 devices=2 page=1000 old=0
7 import actor=0 dice=319742
9 import actor=0 dice=230013
12 revert actor=0 dice=549022
18 revert actor=0 dice=823058
27 revert actor=0 dice=884714
