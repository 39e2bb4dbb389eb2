# With a merge: Ben undid a merge, which was refused with an attendee of a visit that Ana had submitted, and then wrote of
# a visit that the merge had moved. Both went again as one group, and what he had written was passed over.
seed=480010992 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=704914
2 meet actor=1 dice=269772
14 sync actor=1 dice=516621 steps=1
21 attend actor=1 about=1 with=1 dice=413271
37 merge actor=1 about=3 with=2 dice=427657
40 attend actor=1 about=1 with=1 dice=612834
48 sync actor=0 dice=739831 steps=2
49 submit actor=0 about=1 dice=251260
50 sync actor=0 dice=656205 steps=1
55 unmerge actor=1 about=1 dice=416077
65 type actor=1 about=2 dice=452624
