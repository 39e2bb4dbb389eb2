# A fault of the check: a name that Ben chose for a contact, as another one had it, who had been given it by a third one,
# is not lost when that one is taken out again and has it still.
seed=937 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=342737
2 meet actor=1 dice=852977
3 meet actor=0 dice=106331
4 territory actor=0 dice=201491
6 set actor=0 about=1 dice=919376
9 sync actor=0 dice=109726 steps=2
12 merge actor=0 about=3 with=2 dice=405244
13 set actor=office about=1 dice=27511
25 sync actor=0 dice=122914 steps=7
26 sync actor=1 dice=752916 steps=100
60 merge actor=1 about=2 with=42 dice=939266
63 unmerge actor=0 about=1 dice=31144
