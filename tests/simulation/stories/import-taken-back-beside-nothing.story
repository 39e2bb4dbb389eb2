# Ana took back an import after the server had gone back to a copy: what it had changed of somebody came to nothing, and
# whom it had created is refused until the next round: nothing of it was taken.
seed=480052418 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=493069
3 specialty actor=2 about=1 dice=244983
4 meet actor=0 dice=71377
6 sync actor=2 dice=130623 steps=1
12 copy actor=office dice=504061
13 sync actor=0 dice=896079 steps=1
22 import actor=2 dice=657232
23 sync actor=2 dice=273372 steps=2
28 sync actor=0 dice=228989 steps=1
31 sync actor=0 dice=448340 steps=2
34 return actor=office dice=329052
36 sync actor=0 dice=911238 steps=1
37 import actor=0 dice=216564
43 revert actor=0 dice=986700
47 sync actor=0 dice=209615 steps=2
58 sync actor=2 dice=898862 steps=100
