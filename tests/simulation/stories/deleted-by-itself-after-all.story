# A follow-up: it was in the trash with its contact, came back with them, as a colleague had edited them, and Ben deleted it
# by itself. It stays there when he takes the contact apart.
seed=675002132 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=665905
3 meet actor=1 dice=412884
4 sync actor=1 dice=600635 steps=1
7 sync actor=0 dice=854431 steps=100
10 set actor=0 about=3 dice=951814 crash=device crash-at=2 after=1
11 merge actor=1 about=3 with=3 dice=787571
16 trash actor=1 about=3 dice=392728
21 sync actor=0 dice=987052 steps=1
32 sync actor=1 dice=149759 steps=2
33 sync actor=1 dice=302307 steps=1
40 delete actor=1 about=1 dice=422328
54 unmerge actor=1 about=22 dice=381845
65 delete actor=1 about=3 dice=634300
