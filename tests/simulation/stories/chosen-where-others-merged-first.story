# Lost: the name that somebody chose for a contact whom a colleague had merged first, with another name. Both are edits
# of the kept one, and the second is a conflict to decide.
seed=919369 devices=2 page=1000 old=0
2 meet actor=1 with=1 dice=315938
3 meet actor=0 dice=835880
22 sync actor=1 dice=206297 steps=1
25 sync actor=0 dice=833305 steps=100
38 sync actor=1 dice=531798 steps=100
39 meet actor=0 dice=63757
41 meet actor=1 dice=320289
46 merge actor=0 about=3 with=1 dice=603880 crash=device crash-at=3 after=1
47 merge actor=1 about=41 with=2 dice=49685
49 merge actor=0 about=41 with=39 dice=642969
51 merge actor=1 about=3 with=2 dice=90058
53 sync actor=1 dice=726353 steps=1
