# Not theirs: a visit. Ana took a contact out of one with whom Ben merged a third, who had the visit so; she merged the
# contact with that third one herself, and took them out again. Both merges said that they had brought the visit: Ben's was
# taken back first, as it stood upon hers, and gave it to whom it had only passed by.
seed=230001943 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=100382
3 meet actor=1 with=1 dice=879404
10 meet actor=0 with=2 dice=165620
18 sync actor=1 dice=984970 steps=1
22 sync actor=0 dice=608169 steps=100
23 merge actor=0 about=3 with=1 dice=743938
25 sync actor=0 dice=815467 steps=1
31 sync actor=1 dice=113584 steps=100
33 unmerge actor=0 about=1 dice=203306
37 specialty actor=0 about=1 dice=279223
38 merge actor=0 about=2 with=1 dice=459423
41 merge actor=1 about=10 with=3 dice=624739
44 specialty actor=0 about=3 dice=690056
52 sync actor=1 dice=99555 steps=1
70 unmerge actor=0 about=1 dice=672720
