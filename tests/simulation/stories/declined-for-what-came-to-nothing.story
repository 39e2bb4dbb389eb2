# Nowhere: a given name. Ben merged an imported contact into his and kept the name that another merge of his had brought there;
# that came to nothing, as Ana had merged first, and his contact was a part of hers by then.
seed=51005229 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=401043
2 meet actor=1 with=1 dice=791165
3 meet actor=1 with=2 dice=719594
4 sync actor=0 dice=327060 steps=1
11 sync actor=1 dice=32503 steps=100
15 import actor=1 dice=753109
28 sync actor=1 dice=180114 steps=1
29 sync actor=0 dice=644622 steps=100
30 trash actor=1 about=2 dice=896648
32 merge actor=0 about=2 with=1 dice=61055
33 meet actor=0 dice=862731
35 merge actor=1 about=33 with=3 dice=435997
40 merge actor=1 about=1 with=33 dice=951571
41 merge actor=1 about=33 with=33 dice=55599
50 merge actor=0 about=33 with=44 dice=501623
