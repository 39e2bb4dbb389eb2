# Still there: a value of a contact whom Ben had made a part of another, and that one of a third, before he took them out
# again. He had not known the value; it had come by both merges. The second one stood upon the first, was made anew, and gave
# the third what was not the second's any more.
seed=201001159 devices=2 page=1000 old=0 push=4
1 meet actor=1 dice=183822
2 meet actor=0 dice=428746
3 meet actor=1 dice=168815
5 merge actor=1 about=3 with=1 dice=488923
23 meet actor=0 with=2 dice=299641
27 sync actor=0 dice=490775 steps=1
29 specialty actor=0 about=23 dice=363650
32 sync actor=1 dice=891977 steps=100
36 specialty actor=1 about=2 dice=874141
40 sync actor=0 dice=739996 steps=2
47 sync actor=1 dice=148045 steps=100
48 merge actor=1 about=3 with=23 dice=226557
52 set actor=0 about=23 dice=803435
53 merge actor=0 about=3 with=1 dice=866446
55 merge actor=1 about=23 with=23 dice=597479
66 unmerge actor=1 about=2 dice=382158
70 unmerge actor=1 about=2 dice=42161
71 unmerge actor=0 about=23 dice=994562
