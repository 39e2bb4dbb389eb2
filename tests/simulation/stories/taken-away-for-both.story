# Right: nobody is at the visit. Ana merged two contacts who were there and took away the one attendee that was kept for
# both, while Ben took the one who was kept out of a third, whose part the other one is now.
seed=1058055 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=132486
2 meet actor=0 dice=192162
3 meet actor=1 with=2 dice=179316
8 sync actor=1 dice=70791 steps=1
21 sync actor=0 dice=745966 steps=100
23 merge actor=1 about=2 with=1 dice=545907
25 trash actor=0 about=1 dice=545498
30 attend actor=0 about=1 with=3 dice=557413
39 sync actor=1 dice=136222 steps=2
41 merge actor=0 about=3 with=1 dice=589102
58 attend actor=0 about=1 with=1 dice=814918
70 unmerge actor=1 about=1 dice=525266
