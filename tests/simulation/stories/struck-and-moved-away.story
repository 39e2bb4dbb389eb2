# Ana took back what she had typed about a visit that had gone to somebody else's territory meanwhile. Nothing of that was
# left to tell, and the visit stayed on her laptop: it counted as one that had never come to the server.
seed=60004090 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=86740
23 sync actor=0 dice=785595 steps=1
47 assign actor=office about=1 dice=785373
65 type actor=0 about=1 dice=572117
70 strike actor=0 about=1 dice=135422
