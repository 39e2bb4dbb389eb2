# The same, where Ben changed the name behind Ana's merges, of which he had not heard.
seed=7030337 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=703988
3 meet actor=0 dice=863854
8 sync actor=0 dice=410535 steps=1
22 meet actor=0 dice=909997
38 sync actor=1 dice=380134 steps=100
40 set actor=1 about=1 dice=622226
41 sync actor=1 dice=911529 steps=1
49 meet actor=0 with=1 dice=718397
58 merge actor=0 about=49 with=2 dice=257314
65 merge actor=0 about=14 with=2 dice=12424
73 merge actor=0 about=49 with=3 dice=801253
74 unmerge actor=0 about=1 dice=760166
78 set actor=1 about=3 dice=117045
82 merge actor=0 about=22 with=22 dice=346351
83 sync actor=0 dice=380134 steps=100
