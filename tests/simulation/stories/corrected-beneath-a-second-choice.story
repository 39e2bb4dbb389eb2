# The office has corrected a name, of a contact whom Ana has merged. Ben, who had heard of neither, merged them into
# one, and that one into whom Ana did, and chose the name as it was each time: that took the place of the corrected
# one.
seed=480021603 devices=3 page=1000 old=0 push=4
1 meet actor=1 dice=419186
2 meet actor=office dice=257799
3 meet actor=1 with=2 dice=988772
10 meet actor=0 dice=184035
18 meet actor=0 dice=724605
30 merge actor=0 about=18 with=10 dice=290568
36 sync actor=0 dice=798417 steps=1
41 unmerge actor=0 about=1 dice=440987 crash=device crash-at=2 after=0
43 sync actor=0 dice=186898 steps=4
45 sync actor=1 dice=879392 steps=100
47 sync actor=0 dice=392588 steps=100
50 merge actor=1 about=10 with=25 dice=879832
51 merge actor=1 about=25 with=25 dice=190164
56 merge actor=office about=3 with=10 dice=277616
62 merge actor=1 about=18 with=10 dice=4222 crash=device crash-at=2 after=1
68 merge actor=0 about=18 with=3 dice=314983
