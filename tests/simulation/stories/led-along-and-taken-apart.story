# Not theirs: the credentials of a contact. Ben wrote them of another one, which Ana did not know when she merged the two:
# so the contact had them, and kept them when she took the two apart.
seed=9659241 devices=2 page=1000 old=0 push=0
2 meet actor=1 dice=789011
3 meet actor=1 with=2 dice=92325
6 sync actor=1 dice=762291 steps=1
8 set actor=1 about=3 dice=654397
10 merge actor=1 about=2 with=1 dice=287548
21 sync actor=0 dice=802078 steps=2
28 merge actor=0 about=2 with=2 dice=524752
44 unmerge actor=1 about=1 dice=686240
56 unmerge actor=0 about=1 dice=812805
