# The server failed: Ana gave a contact to a territory, into whom she had merged one of the team, which was refused. The
# records of both merges go along, which was taken for undoing them; and one of them was not there.
seed=9101998 devices=2 page=7 old=0 push=0
1 meet actor=0 dice=760099
3 meet actor=0 with=1 dice=340191
18 join actor=office dice=306836
25 sync actor=0 dice=394455 steps=7
26 merge actor=0 about=1 with=1 dice=959304
27 merge actor=0 about=3 with=1 dice=637253
77 assign actor=0 about=1 dice=729168
