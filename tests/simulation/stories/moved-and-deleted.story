# A follow-up was deleted while the office moved its contact to another territory: following the contact counted as an
# edit, and the deletion was refused for it.
seed=500 devices=2 page=1000 old=0
21 join actor=office dice=750285
54 meet actor=0 dice=769706
58 sync actor=0 dice=656128 steps=1
59 assign actor=office about=54 dice=617186 crash=device crash-at=3 after=1
63 delete actor=0 about=54 dice=732562
