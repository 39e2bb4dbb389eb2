# Asked in vain: Ana merged a contact into herself and took that back, both of which the server refused as whose visit was
# moved had left her territory. What a merge before that had given back in between came against what the server has, and
# stayed to be decided, though Ana had long put there what the server has.
seed=18008994 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=684347
2 meet actor=0 with=1 dice=699177
3 meet actor=0 with=1 dice=985433
14 merge actor=0 about=3 with=2 dice=416377
25 merge actor=0 about=3 with=3 dice=805598
33 sync actor=0 dice=283501 steps=100
45 merge actor=0 about=2 with=3 dice=782253
54 unmerge actor=0 about=1 dice=291624
62 unmerge actor=0 about=1 dice=82363
64 unmerge actor=office about=1 dice=243728
66 assign actor=office about=1 dice=972686
70 unmerge actor=0 about=1 dice=861259
