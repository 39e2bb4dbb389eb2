# In two hands: Ana edited a contact, and merged into another one a third, not knowing that Ben had merged that one into
# hers. Her edit was held back as a conflict; what she had merged was led on to the same contact, within the same push. Told
# of the first, and not that it had changed again, she was said to be up to date, and was not.
seed=6903 devices=2 page=1000 old=0
1 meet actor=0 dice=745350
2 meet actor=0 dice=682630
3 meet actor=0 dice=9168
5 sync actor=0 dice=50287 steps=2
10 sync actor=1 dice=214733 steps=1
23 sync actor=1 dice=225297 steps=2
30 trash actor=1 about=2 dice=911409
46 sync actor=0 dice=906132 steps=1
50 set actor=0 about=1 dice=6856
53 merge actor=1 about=2 with=1 dice=347314
55 sync actor=1 dice=679887 steps=1
62 merge actor=0 about=3 with=3 dice=224720
