# Given up: what Ana had entered of a contact was refused, and with it a merge that had chosen something else for it. She
# undid that merge with another one, in one push: what she had entered went again with what the merge had chosen.
seed=420022255 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=262260
2 meet actor=1 dice=235169
3 meet actor=1 dice=470448
4 sync actor=1 dice=488934 steps=1
7 sync actor=0 dice=640943 steps=100
10 specialty actor=0 about=2 dice=201502
23 merge actor=0 about=3 with=1 dice=67006
28 specialty actor=0 about=3 dice=144027
33 merge actor=0 about=3 with=1 dice=990998
34 merge actor=office about=3 with=2 dice=595995
36 sync actor=0 dice=166823 steps=1
37 sync actor=1 dice=229896 steps=100
46 unmerge actor=1 about=2 dice=715228
48 unmerge actor=0 about=1 dice=337425
50 sync actor=1 dice=509759 steps=1
60 unmerge actor=0 about=3 dice=968547
