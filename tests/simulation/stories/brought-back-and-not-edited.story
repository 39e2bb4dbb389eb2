# Once: Ana took somebody from a visit, whom a merge kept once for two; the other one's part in it came back, which she had
# written herself. The check counted that as an edit of hers.
seed=120030337 devices=2 page=1000 old=0 push=2
1 meet actor=0 dice=119904
2 meet actor=1 dice=796014
3 meet actor=1 with=1 dice=741831
18 sync actor=0 dice=692580 steps=1
24 sync actor=1 dice=629203 steps=4
28 merge actor=1 about=3 with=1 dice=578753
32 attend actor=office about=1 with=3 dice=497358
42 sync actor=0 dice=163804 steps=100
48 attend actor=0 about=1 with=1 dice=475131
52 sync actor=0 dice=900921 steps=1
53 sync actor=1 dice=235938 steps=1
56 attend actor=0 about=1 with=31 dice=587005
