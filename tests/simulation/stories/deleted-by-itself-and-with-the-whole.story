# Back: a follow-up that Ben had deleted. Ana had deleted its contact with it, which had been merged into another one, and
# Ben took them apart, who had not heard of it: the server brought it back, as it had gone to the trash with the contact.
seed=15027445 devices=2 page=1000 old=0 push=0
2 meet actor=1 with=1 dice=473521
4 meet actor=1 with=3 dice=638242
12 merge actor=1 about=4 with=4 dice=312050
21 sync actor=1 dice=894987 steps=1
30 delete actor=1 about=2 dice=961433
32 sync actor=0 dice=219100 steps=100
52 trash actor=0 about=4 dice=828645
63 unmerge actor=1 about=3 dice=598021
