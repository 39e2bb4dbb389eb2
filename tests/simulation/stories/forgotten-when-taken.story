# Not there: a step of a journey. Ben moved its contact into a territory that is not his, which was refused, and then went on
# with the journey: what he added was taken for out of sight, and was forgotten when the server had taken it.
seed=60248 devices=2 page=1000 old=0
4 sync actor=1 dice=795351 steps=1
5 sync actor=1 dice=346935 steps=1
6 join actor=office dice=426083
15 meet actor=0 dice=776849
16 sync actor=1 dice=802316 steps=1
17 sync actor=0 dice=932112 steps=1
27 sync actor=1 dice=861820 steps=1
31 sync actor=1 dice=498506 steps=2
32 enrol actor=1 about=15 dice=132434
43 join actor=office dice=397322
52 assign actor=1 about=15 dice=342781
55 sync actor=1 dice=987293 steps=3
63 stage actor=1 about=32 dice=615119
