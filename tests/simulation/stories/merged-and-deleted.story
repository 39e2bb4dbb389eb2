# Came back: an appointment that Ana had deleted, as its contact had been merged into another one meanwhile: nobody had
# edited it.
seed=1219 devices=2 page=1000 old=0
21 meet actor=0 dice=497198
37 meet actor=0 dice=451565
40 sync actor=0 dice=598836 steps=1
48 sync actor=1 dice=457647 steps=100
53 sync actor=0 dice=545587 steps=1
54 merge actor=1 about=37 with=21 dice=562658
62 book actor=0 about=21 dice=572010
63 sync actor=0 dice=366533 steps=1
67 sync actor=1 dice=676568 steps=1
70 delete actor=0 about=62 dice=968966
