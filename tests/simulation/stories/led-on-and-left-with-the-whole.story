# Chosen for nobody, and there all the same: a name that the server had led from a contact of Ana's to Ben's, of whom both
# were a part. Ben took them out again, and the server gave his the name once more, as if whoever merged them wanted it.
seed=25026251 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=464421
2 meet actor=0 dice=862820
3 meet actor=0 dice=695865
10 merge actor=0 about=2 with=3 dice=393318
16 sync actor=0 dice=651554 steps=5
17 meet actor=1 dice=603245
39 sync actor=1 dice=282388 steps=100
41 set actor=1 about=3 dice=686304
48 merge actor=1 about=17 with=3 dice=526075
49 merge actor=1 about=17 with=2 dice=34916
54 unmerge actor=1 about=3 dice=551436
65 sync actor=1 dice=817479 steps=100
67 unmerge actor=1 about=1 dice=365636
