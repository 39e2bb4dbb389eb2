# The office had given a contact another one's name, and took that back. Ben had merged the contact into a third one
# meanwhile, who took the name, and the third one into the one whose name it was: they got the first one's, as the third
# one had it by then.
seed=10011581 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=316232
2 meet actor=0 dice=776341
3 meet actor=1 dice=539473
7 sync actor=0 dice=959849 steps=100
12 merge actor=0 about=3 with=2 dice=62730
27 merge actor=office about=2 with=1 dice=216261
40 sync actor=1 dice=753145 steps=100
43 unmerge actor=0 about=1 dice=212778
44 unmerge actor=office about=1 dice=523598
48 sync actor=1 dice=45533 steps=1
49 merge actor=1 about=3 with=1 dice=61394
58 sync actor=1 dice=999344 steps=1
61 merge actor=1 about=1 with=2 dice=674373
