# The answer to a device's first push was lost, and its contact was moved out of its sight: the repeated answer told
# nothing of the contact, and it stayed.
seed=13270 devices=2 page=1000 old=0
1 meet actor=1 dice=903053
15 sync actor=1 dice=699432 steps=1 fate=late fate-at=1
25 assign actor=office about=1 dice=953217
