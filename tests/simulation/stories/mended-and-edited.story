# A refused edit became possible again and was followed by two others: sent with the value of the last, it stood against
# the one between, and the rep was asked to choose between two edits of their own.
seed=6218 devices=2 page=1000 old=0
1 meet actor=0 dice=583545
7 sync actor=0 dice=689846 steps=1
15 sync actor=1 dice=940173 steps=100
18 assign actor=office about=1 dice=798969
39 set actor=1 about=1 dice=556463
49 sync actor=1 dice=491522 steps=1
52 set actor=1 about=1 dice=614273
59 assign actor=office about=1 dice=215826
65 set actor=1 about=1 dice=489978
