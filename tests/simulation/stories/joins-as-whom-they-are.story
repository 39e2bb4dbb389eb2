# The office merges two of its own staff, and then lets one into a territory who is a part of the other one.
seed=671030681 devices=2 page=1000 old=0 push=0
11 merge actor=office about=2 with=3 dice=885895
34 join actor=office dice=273568
