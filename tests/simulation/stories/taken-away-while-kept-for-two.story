# Right: nobody is at the visit. Ana took away the one attendee that was kept for three merged contacts, while Ben took
# one of them out: the record that she took away went with that one, and the others were not there either.
seed=906206 devices=2 page=1000 old=0
1 meet actor=1 dice=584479
2 meet actor=0 dice=15850
3 meet actor=0 dice=613401
32 merge actor=0 about=8 with=8 dice=48351
33 meet actor=0 with=3 dice=748156
35 sync actor=1 dice=980077 steps=1
46 merge actor=0 about=33 with=33 dice=368447
50 unmerge actor=0 about=1 dice=492620
58 sync actor=0 dice=999885 steps=100
62 merge actor=0 about=2 with=1 dice=679304
64 attend actor=0 about=33 with=1 dice=646182
70 merge actor=0 about=1 with=43 dice=763941
71 sync actor=1 dice=170076 steps=100
72 attend actor=0 about=33 with=43 dice=306575
79 unmerge actor=1 about=1 dice=831531
