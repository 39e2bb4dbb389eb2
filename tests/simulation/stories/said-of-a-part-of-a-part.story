# Ana made a contact a part of an imported one, and that one a part of another, which had particulars as a physician. Ben,
# who had not heard of it, said of the contact that they see reps. His particulars were kept, deleted, as the last one's,
# and when Ana made that one a part of a fourth, nothing led what he had said there.
seed=52004785 devices=2 page=1000 old=0 push=0
2 meet actor=0 dice=384089
16 sync actor=0 dice=562834 steps=1
17 sync actor=1 dice=609867 steps=100
19 import actor=0 dice=697661
21 merge actor=0 about=3 with=3 dice=293266
33 merge actor=0 about=2 with=1 dice=811105
36 sync actor=0 dice=983194 steps=100
38 specialty actor=1 about=2 dice=633880
57 sync actor=1 dice=316105 steps=1
60 merge actor=0 about=51 with=2 dice=653140
