# Two states of one contact: the server had lost Ben's merge, and refused Ana's undoing of it, which is settled once the
# merge is said again. She had merged one of the two with somebody else meanwhile, which the server took; on her side what
# was refused stayed on top of that.
seed=20015077 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=957280
2 meet actor=1 with=1 dice=430318
19 sync actor=1 dice=719504 steps=1
22 merge actor=1 about=13 with=3 dice=631887
23 meet actor=0 dice=468619
28 copy actor=office dice=461618
32 sync actor=1 dice=629442 steps=2
33 sync actor=0 dice=742870 steps=100
39 unmerge actor=0 about=1 dice=662531
71 merge actor=0 about=23 with=1 dice=226801
74 return actor=office dice=438222
