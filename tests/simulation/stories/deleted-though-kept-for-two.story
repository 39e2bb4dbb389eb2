# The simulation forgot that whoever took away the attendee who is kept for two, as they knew, took away both.
seed=51039 devices=2 page=1000 old=0
1 meet actor=0 dice=628875
2 meet actor=0 dice=883844
3 meet actor=0 dice=754761
4 meet actor=0 with=3 dice=751347
9 attend actor=0 about=4 with=2 dice=754133
21 merge actor=0 about=1 with=1 dice=238671
64 delete actor=0 about=9 dice=586822
