# The answer to a new visit was lost, and when it was asked for again the visit was out of sight: the device took it for
# one that the server does not have, and its next edit, sent as a new visit, brought back a word that the rep had struck.
seed=935277 devices=2 page=1000 old=0
1 meet actor=0 dice=61375
8 sync actor=0 dice=426738 steps=2 crash=device crash-at=2 after=0
13 assign actor=office about=1 dice=956307
23 strike actor=0 about=1 dice=283094
29 sync actor=0 dice=831789 steps=1
35 join actor=office dice=537671
44 type actor=0 about=1 dice=489657
