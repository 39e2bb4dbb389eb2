# A fault of the check: Ana chose a given name with a merge and took the merge back; Cleo had merged the same two, and
# the name that Ana had entered for one of them went to the other by that.
seed=9653200 devices=3 page=1000 old=0 push=0
1 meet actor=0 dice=376355
3 meet actor=0 with=1 dice=3828
19 sync actor=0 dice=519935 steps=1
25 set actor=0 about=1 dice=317253
34 sync actor=2 dice=109846 steps=2
36 merge actor=0 about=3 with=3 dice=164201
50 unmerge actor=0 about=2 dice=568897
77 merge actor=2 about=3 with=3 dice=84912
