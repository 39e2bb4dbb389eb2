# No choice that stays: Cleo took a phone number with a merge that came second, as Ben had made one of the same two, who were a
# part of Ana's by then. Taken out of Ana's, they are one, by Ben's merge, and have the number that Cleo chose for them.
seed=94120203 devices=3 page=1000 old=0 push=0
1 meet actor=1 dice=685747
2 meet actor=0 with=1 dice=445959
3 meet actor=2 dice=644448
4 sync actor=1 dice=760767 steps=1
5 set actor=2 about=3 dice=829117
19 sync actor=1 dice=293498 steps=1
28 sync actor=0 dice=297774 steps=1
29 sync actor=2 dice=889721 steps=100
36 sync actor=1 dice=183104 steps=2
40 meet actor=0 dice=822398
41 merge actor=0 about=40 with=3 dice=931858
45 sync actor=1 dice=16052 steps=2
49 sync actor=0 dice=325636 steps=1
54 sync actor=0 dice=265912 steps=1
55 merge actor=1 about=2 with=3 dice=880599
58 merge actor=1 about=3 with=40 dice=629928
61 sync actor=1 dice=710551 steps=1
69 merge actor=2 about=40 with=2 dice=235765
74 sync actor=2 dice=987585 steps=100
75 unmerge actor=2 about=40 dice=258550
78 unmerge actor=2 about=40 dice=755082
