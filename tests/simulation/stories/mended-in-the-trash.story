# Back: an appointment that somebody had deleted. A change of it had been refused before, and was taken back behind the
# deletion: the server took both edits for somebody's who had not heard of it.
seed=7023951 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=27879
2 sync actor=0 dice=285830 steps=1
11 sync actor=1 dice=5953 steps=1
35 sync actor=1 dice=320301 steps=2
36 book actor=1 about=1 dice=563624
42 sync actor=1 dice=442931 steps=1
47 assign actor=office about=1 dice=530203
49 move actor=1 about=36 dice=400226
53 sync actor=1 dice=127556 steps=100
63 assign actor=office about=1 dice=502490
76 delete actor=1 about=36 dice=784725
77 mend actor=1 dice=256324
