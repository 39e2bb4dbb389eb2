# Ben gave a contact another one's telephone number by a merge that came to nothing, as Ana had merged the two the other
# way round; and the number to a third one, who took the contact in. When he took the first merge back, the third one had
# the contact's own number on his device alone, and the other one's on the server.
seed=10020290 devices=2 page=1000 old=0 push=3
1 meet actor=0 dice=680255
3 meet actor=1 dice=518158
7 sync actor=0 dice=766986 steps=1
19 sync actor=1 dice=794294 steps=100
26 sync actor=0 dice=43004 steps=100
50 attend actor=1 about=1 with=1 dice=454416
51 merge actor=1 about=3 with=1 dice=332396
52 merge actor=0 about=2 with=2 dice=538421
54 sync actor=1 dice=356973 steps=2
59 meet actor=1 dice=544600
60 sync actor=0 dice=752478 steps=1
64 merge actor=1 about=59 with=59 dice=124075
67 sync actor=1 dice=225308 steps=1
70 unmerge actor=1 about=1 dice=398648
72 unmerge actor=0 about=1 dice=754304
