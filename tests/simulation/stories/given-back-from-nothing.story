# Not theirs: a first name. Ana's contact had none and took one of a second contact, and then that of a third one, whom
# Ben had given another by a merge before. With both taken out, the second one's was back: their merge was said to give
# back the third one's, of which it knew nothing.
seed=9955267 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=704605
2 meet actor=1 with=1 dice=233586
3 meet actor=0 with=2 dice=961612
4 set actor=0 about=1 dice=915965
5 import actor=1 dice=129489
7 sync actor=1 dice=199837 steps=1
9 sync actor=0 dice=925394 steps=100
13 merge actor=0 about=3 with=3 dice=598152
14 merge actor=0 about=3 with=3 dice=918811
17 merge actor=1 about=3 with=3 dice=136102
18 sync actor=1 dice=635445 steps=1
31 sync actor=1 dice=909049 steps=1
41 sync actor=0 dice=511043 steps=2
69 unmerge actor=0 about=28 dice=106344
70 unmerge actor=0 about=1 dice=969081
