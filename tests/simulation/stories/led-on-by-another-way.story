# Made of whom she was not: Ben had merged a contact into his, who was a part of two others by then, one within the other.
# He took his out, and it took the contact along; Ana merged his straight into the outer one. When she took the inner
# one out of that, the contact went with the inner one.
seed=60012910 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=558582
2 meet actor=1 dice=208372
3 meet actor=0 dice=659250
12 sync actor=1 dice=369518 steps=1
17 meet actor=1 dice=605567
26 sync actor=0 dice=869784 steps=1
29 merge actor=office about=17 with=17 dice=108715
35 merge actor=0 about=17 with=1 dice=420464
36 sync actor=0 dice=475649 steps=100
45 merge actor=1 about=2 with=3 dice=67815
46 sync actor=1 dice=585874 steps=100
47 unmerge actor=1 about=2 dice=42049
48 unmerge actor=0 about=1 dice=798504
50 merge actor=0 about=17 with=17 dice=959225
53 merge actor=1 about=17 with=17 dice=347805
54 unmerge actor=0 about=1 dice=371921
