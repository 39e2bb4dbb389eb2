# Ana took somebody away from a visit, and the attendee stayed there: the server had kept one of Ben's in its place, and
# brought it back when Ben took away that one. As it was another contact's by then, that counted as somebody's wish.
seed=22001066 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=677487
2 meet actor=0 with=1 dice=876982
3 meet actor=0 dice=768721
12 meet actor=1 with=1 dice=353881
14 sync actor=0 dice=269782 steps=2
15 sync actor=1 dice=930925 steps=100
18 sync actor=0 dice=767077 steps=2
41 merge actor=1 about=3 with=12 dice=439497
46 merge actor=0 about=12 with=3 dice=824030
47 attend actor=1 about=1 with=3 dice=207696
49 merge actor=1 about=3 with=3 dice=952678
50 attend actor=0 about=1 with=1 dice=656097
51 sync actor=0 dice=605400 steps=100
52 merge actor=1 about=3 with=12 dice=842402
54 unmerge actor=0 about=1 dice=610454
55 attend actor=0 about=1 with=1 dice=18189
62 attend actor=1 about=1 with=12 dice=194040
63 attend actor=office about=1 with=2 dice=360006
64 sync actor=1 dice=272656 steps=1
