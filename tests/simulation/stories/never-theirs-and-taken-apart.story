# Lost: a visit. Ana merged two contacts and the result with a third one, whom Ben had given the first of them meanwhile.
# When she took the second merge back, before anything was sent, she took what was the third one's by then to the other.
seed=3260 devices=2 page=1000 old=0
1 meet actor=1 dice=838328
3 meet actor=0 dice=475988
5 sync actor=1 dice=815500 steps=1
28 meet actor=0 with=2 dice=439015
33 sync actor=0 dice=96382 steps=100
36 sync actor=1 dice=870836 steps=100
50 merge actor=0 about=1 with=3 dice=628399
51 merge actor=1 about=28 with=28 dice=121166
56 merge actor=0 about=28 with=28 dice=479774
60 sync actor=1 dice=924199 steps=1
64 unmerge actor=0 about=1 dice=115348
