# With a merge: Cleo wrote down when somebody sees reps, which was refused, as Ben's merge had brought them another one's
# particulars. She merged both into a third one, and Ben took the other one out: what Cleo had written was nowhere.
seed=430007371 devices=3 page=1000 old=0 push=0
1 meet actor=0 dice=260433
2 meet actor=0 dice=614354
3 meet actor=2 with=1 dice=109758
4 sync actor=0 dice=901369 steps=1
5 sync actor=1 dice=990892 steps=100
15 merge actor=1 about=2 with=3 dice=400873
29 specialty actor=office about=1 dice=968239
35 sync actor=2 dice=281103 steps=100
37 specialty actor=2 about=2 dice=749953
38 merge actor=2 about=3 with=1 dice=175041
58 sync actor=1 dice=72975 steps=1
60 unmerge actor=1 about=3 dice=863777
63 merge actor=2 about=1 with=2 dice=891159
72 sync actor=2 dice=587429 steps=1
