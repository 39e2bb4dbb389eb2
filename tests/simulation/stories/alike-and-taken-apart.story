# Two merged contacts had the same address, which was kept once; the one whose it was was taken out again, and took
# along the other's.
seed=84386 devices=2 page=1000 old=0
1 meet actor=0 dice=908043
2 meet actor=1 dice=392973
3 meet actor=1 dice=302915
4 import actor=0 dice=825631
8 sync actor=0 dice=883732 steps=1
10 sync actor=1 dice=2167 steps=100
13 specialty actor=1 about=1 dice=681453
27 merge actor=office about=1 with=1 dice=911483
29 import actor=1 dice=270923
34 merge actor=1 about=1 with=1 dice=125737
38 sync actor=1 dice=697674 steps=1
45 unmerge actor=office about=3 dice=981207
