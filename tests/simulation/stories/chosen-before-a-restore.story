# Lost: a contact's given name. The office merged two contacts and took the name of one of them; the server was put back
# to a copy from before, and a rep, who had only heard of the merge, said it again, without what was chosen.
seed=1066659 devices=2 page=1000 old=0 push=0
3 meet actor=0 with=2 dice=405548
10 import actor=0 dice=266828
27 sync actor=0 dice=267324 steps=1
28 copy actor=office dice=936446
30 merge actor=office about=3 with=3 dice=349572
53 sync actor=1 dice=508135 steps=2
59 return actor=office dice=377480
