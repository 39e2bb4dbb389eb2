# Ana's value of a contact went along with Ben's merge, and he replaced it. Ana had merged the same two, which came second, and taken
# her value: it is what Ben has replaced, and nobody is asked.
seed=411000002 devices=2 page=1000 old=3 push=0
1 meet actor=1 dice=791786
3 meet actor=1 with=1 dice=841765
56 sync actor=1 dice=937884 steps=1
57 sync actor=0 dice=650662 steps=100
58 set actor=0 about=1 dice=629277
63 sync actor=0 dice=179303 steps=1
68 merge actor=1 about=3 with=3 dice=188444
69 merge actor=0 about=3 with=1 dice=163780
72 sync actor=1 dice=955986 steps=100
73 merge actor=1 about=1 with=1 dice=102826
74 sync actor=1 dice=767315 steps=1
