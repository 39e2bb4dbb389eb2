# Nothing: Ben's merge of a contact, whom the office had merged as well, moved a visit of theirs. The simulation took the
# office's merge for his, and thought that the server had written a change of the visit twice.
seed=9503236 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=205771
3 meet actor=1 dice=831498
17 sync actor=1 dice=595700 steps=4
26 merge actor=1 about=3 with=2 dice=496539
35 merge actor=office about=2 with=3 dice=115361
36 unmerge actor=1 about=2 dice=932993
42 meet actor=0 dice=119891
45 merge actor=1 about=2 with=1 dice=923797
49 sync actor=0 dice=610781 steps=1
54 sync actor=1 dice=192293 steps=6
57 sync actor=0 dice=423453 steps=1
58 sync actor=0 dice=767328 steps=2
60 unmerge actor=0 about=2 dice=214544
61 merge actor=1 about=42 with=1 dice=722904
