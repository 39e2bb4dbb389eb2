# Stayed: a telephone that Ben chose with a merge and handed on with a second one, when he took back the first. Ana had given
# the first contact another one meanwhile: the server had nothing to give back there, nor to lead on from there.
seed=51007069 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=401146
2 meet actor=office dice=667844
13 meet actor=1 dice=951274
18 sync actor=1 dice=157923 steps=100
22 merge actor=1 about=3 with=13 dice=467080
27 merge actor=1 about=3 with=3 dice=189737
31 sync actor=0 dice=38933 steps=100
34 unmerge actor=1 about=3 dice=413972
36 set actor=0 about=1 dice=816016
