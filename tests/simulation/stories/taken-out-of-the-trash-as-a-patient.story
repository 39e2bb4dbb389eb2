# Half a contact: Ana made a contact a part of another one, whom she then threw away. Both were patients by then, as Ben had
# entered the other one's, and when she took the first one out of the trash, it was none any more.
seed=94109339 devices=2 page=1000 old=0 push=0
3 meet actor=0 with=2 dice=566613
4 enrol actor=0 about=3 dice=499003
36 meet actor=office with=1 dice=476396
37 sync actor=0 dice=78157 steps=100
46 sync actor=1 dice=997108 steps=100
47 merge actor=0 about=36 with=3 dice=535305
52 enrol actor=1 about=36 dice=522249
53 sync actor=1 dice=287438 steps=1
54 trash actor=0 about=36 dice=243640
55 sync actor=0 dice=404343 steps=100
56 unmerge actor=0 about=3 dice=637550
