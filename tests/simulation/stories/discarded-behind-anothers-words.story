# Ana discarded an edit that was refused, of a text in which Ben had written since: his words went with hers.
seed=94124175 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=932969
3 meet actor=0 with=2 dice=377626
8 specialty actor=0 about=1 dice=572255
22 sync actor=0 dice=980409 steps=1
23 meet actor=1 with=2 dice=330810
29 specialty actor=1 about=23 dice=181505
41 sync actor=1 dice=280922 steps=100
42 specialty actor=0 about=3 dice=994980
46 merge actor=1 about=3 with=2 dice=299499
48 sync actor=1 dice=894500 steps=1
49 sync actor=0 dice=874018 steps=100
67 mend actor=0 dice=87958
