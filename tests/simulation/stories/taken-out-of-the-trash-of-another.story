# In the trash: a follow-up that Ben saw come back. He had merged its contact into another one, deleted that one and taken
# the contact out again; for the server the other one was a part of a third by then, who was not in the trash.
seed=16002704 devices=3 page=1000 old=0 push=0
2 meet actor=2 dice=294444
3 meet actor=1 dice=600704
25 meet actor=0 dice=570504
28 sync actor=0 dice=109983 steps=1
32 sync actor=1 dice=761521 steps=100
56 merge actor=1 about=3 with=3 dice=197509
59 sync actor=2 dice=1352 steps=100
60 trash actor=1 about=3 dice=815991
61 merge actor=2 about=2 with=2 dice=934246
72 sync actor=2 dice=465369 steps=1
75 unmerge actor=1 about=1 dice=140646
