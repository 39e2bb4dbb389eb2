# A contact left Ben's territory, and what he had said of a visit was refused: among it somebody who was there, and was not
# after all. When he merged the contact again, the rest went along without them, as nobody had heard of them.
seed=12048908 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=868517
2 meet actor=1 with=1 dice=305207
3 meet actor=0 dice=630572
6 join actor=office dice=402300
20 sync actor=0 dice=436790 steps=1
22 sync actor=1 dice=574589 steps=2
23 merge actor=0 about=1 with=2 dice=130618
26 sync actor=1 dice=132458 steps=2
27 attend actor=1 about=1 with=3 dice=245646
31 merge actor=1 about=3 with=2 dice=944092 crash=device crash-at=2 after=0
34 attend actor=1 about=1 with=2 dice=483705
35 attend actor=1 about=1 with=1 dice=223749 crash=device crash-at=1 after=1
36 merge actor=1 about=2 with=3 dice=302398
46 assign actor=office about=1 dice=813465
47 sync actor=0 dice=650876 steps=100
49 unmerge actor=1 about=1 dice=683932
55 sync actor=1 dice=368233 steps=1
56 merge actor=1 about=3 with=2 dice=606034
64 merge actor=0 about=3 with=2 dice=30873
