# An answer told the latest revision of a contact but not who had been merged into it: whoever deleted it then deleted
# both.
seed=48781 devices=2 page=1000 old=0
1 meet actor=1 dice=87350
21 meet actor=1 dice=350824
22 sync actor=1 dice=534144 steps=1
33 set actor=1 about=1 dice=678316
40 sync actor=0 dice=184734 steps=100
41 merge actor=0 about=1 with=30 dice=876754
58 sync actor=0 dice=575556 steps=1
61 sync actor=1 dice=857272 steps=3
65 trash actor=1 about=1 dice=53887
