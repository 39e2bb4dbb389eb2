# A new device's contact was moved out of its sight between its first push and its first pull: nothing told it.
seed=247 devices=2 page=1000 old=0
1 meet actor=0 dice=266700
3 sync actor=0 dice=182429 steps=1
10 assign actor=office about=1 dice=709576
