# Not theirs: the names of a contact. Ana took in two, one after the other, and chose each one's name in place of the one
# before; Ben took the first one out, and then the second one, which gave back the first one's name.
seed=9652053 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=188857
2 meet actor=0 dice=506879
3 meet actor=0 dice=450934
32 merge actor=0 about=3 with=3 dice=410646
35 merge actor=0 about=3 with=1 dice=620604
40 sync actor=0 dice=38120 steps=1
47 sync actor=1 dice=978438 steps=1
48 sync actor=1 dice=161387 steps=1
49 unmerge actor=1 about=1 dice=868477
52 unmerge actor=1 about=1 dice=306816
