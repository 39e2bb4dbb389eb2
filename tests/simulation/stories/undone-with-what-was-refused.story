# With whom they had become a part of: Ben merged a contact into another one, and Ana noted that the first was at a visit
# as well; Ben undid the merge, and sent that together with a second merge that was refused, and undone. Of what Ana had
# noted, which he did not know, nothing went back.
seed=631034771 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=761385
2 meet actor=0 with=1 dice=647651
3 meet actor=1 with=2 dice=433219
9 specialty actor=1 about=3 dice=122724
15 sync actor=0 dice=841009 steps=1
17 sync actor=1 dice=125790 steps=100
31 specialty actor=1 about=1 dice=284888
36 sync actor=1 dice=179596 steps=1 fate=late fate-at=1
40 merge actor=1 about=2 with=2 dice=555359
42 merge actor=office about=1 with=1 dice=977069
43 unmerge actor=office about=1 dice=357090
44 merge actor=1 about=3 with=1 dice=170553
46 unmerge actor=1 about=1 dice=911554
48 trash actor=1 about=1 dice=9528
51 sync actor=0 dice=707606 steps=100
52 sync actor=1 dice=491772 steps=1
59 attend actor=0 about=1 with=2 dice=725863
60 unmerge actor=1 about=1 dice=710793
