# Ana had given a contact another one's name, and merged the two once more, the other way round, as Ben had. When the first was
# undone, the name stayed: the second one had it as well by then, from the contact.
seed=12138633 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=798378
2 meet actor=1 dice=199862
3 meet actor=1 dice=532776
15 set actor=1 about=1 dice=46093
16 sync actor=1 dice=354298 steps=2
28 sync actor=0 dice=594165 steps=100
35 merge actor=0 about=3 with=3 dice=52925
52 merge actor=0 about=2 with=3 dice=520631
53 merge actor=1 about=3 with=3 dice=465103
55 unmerge actor=0 about=2 dice=465150
64 sync actor=1 dice=55226 steps=1
66 unmerge actor=0 about=1 dice=397220
73 unmerge actor=1 about=1 dice=465440
