# Lost at the kept contact: a name that somebody wrote for one who was merged, and whom they were merged into, and so on,
# in one push. The server gave it to the one in between, where the device that merged them had seen another.
seed=937563 devices=2 page=1000 old=0
1 meet actor=1 dice=308453
2 meet actor=office with=1 dice=684317
3 meet actor=1 dice=47328
9 set actor=1 about=1 dice=90547
10 sync actor=0 dice=272809 steps=100
26 sync actor=1 dice=738254 steps=100
42 merge actor=1 about=32 with=1 dice=783285
54 merge actor=1 about=3 with=1 dice=313176
55 sync actor=0 dice=975998 steps=2
59 set actor=0 about=1 dice=471939
