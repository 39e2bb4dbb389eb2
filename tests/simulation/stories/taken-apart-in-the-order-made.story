# A conflict with oneself, and a stranger's telephone number: Ana made a contact a part of a second, and that one a part of a
# third, who got the number of the first, and took them apart in the same order, with nobody else about. The server led on
# to the third what the second one had got back, and did not find what the second merge was to take back.
seed=9054506 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=125789
2 meet actor=1 dice=551843
3 meet actor=1 with=1 dice=361527
4 sync actor=0 dice=775048 steps=100
21 meet actor=0 dice=191471
30 sync actor=1 dice=295266 steps=1
34 sync actor=0 dice=845317 steps=100
36 merge actor=0 about=21 with=21 dice=117872
40 merge actor=0 about=3 with=1 dice=192703
42 merge actor=0 about=3 with=3 dice=75893
50 unmerge actor=0 about=1 dice=492011
52 unmerge actor=0 about=1 dice=649116
54 unmerge actor=0 about=1 dice=813744
56 sync actor=0 dice=463533 steps=2
63 sync actor=1 dice=276121 steps=100
65 resolve actor=0 dice=333617
67 merge actor=1 about=21 with=3 dice=387848
