# A contact got into another territory, and what belonged to it followed; that brought a deleted follow-up back.
seed=1896 devices=2 page=1000 old=0
1 meet actor=0 dice=268259
8 delete actor=0 about=1 dice=714449
12 join actor=office dice=425674
15 sync actor=0 dice=998153 steps=100
28 join actor=office dice=80459
32 assign actor=0 about=1 dice=590163
