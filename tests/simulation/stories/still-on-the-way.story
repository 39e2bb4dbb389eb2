# What Ben had written of a contact had come to the whole by way of another one; Ana, who had not heard of that, chose the
# same with a merge that came second, and took it back. The other one still had it, and the whole lost it.
seed=92103855 devices=2 page=1000 old=1 push=1
1 meet actor=1 dice=963737
2 meet actor=1 dice=135752
3 meet actor=0 with=1 dice=686564
7 set actor=0 about=3 dice=812644
10 meet actor=0 dice=256542
12 merge actor=0 about=10 with=10 dice=818645
14 meet actor=0 dice=282608
28 sync actor=0 dice=891777 steps=100
41 merge actor=1 about=3 with=3 dice=114741
46 merge actor=0 about=10 with=3 dice=979894
48 sync actor=1 dice=909529 steps=100
49 merge actor=1 about=3 with=2 dice=113931
55 set actor=1 about=3 dice=997843
66 merge actor=1 about=14 with=1 dice=722226
67 merge actor=1 about=3 with=3 dice=416393
71 unmerge actor=1 about=14 dice=432360
76 unmerge actor=0 about=3 dice=55199
77 merge actor=1 about=3 with=3 dice=341895
81 sync actor=1 dice=564753 steps=100
