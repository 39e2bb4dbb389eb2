# In two hands: the office took a contact out of Ana's sight that she had merged another one into; the merge was
# refused. She undid it when the contact was back, and what went along with that once more deleted the other one and
# did not bring them back.
seed=18498 devices=2 page=1000 old=1
3 meet actor=0 dice=862474
4 sync actor=0 dice=800639 steps=1
6 merge actor=0 about=3 with=3 dice=861182
7 assign actor=office about=3 dice=135364
9 sync actor=0 dice=542189 steps=1
15 sync actor=0 dice=522462 steps=1
25 join actor=office dice=745305
26 unmerge actor=0 about=3 dice=674970
