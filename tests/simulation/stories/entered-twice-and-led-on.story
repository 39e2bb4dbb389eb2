seed=170011119 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=774791
2 meet actor=0 dice=434965
37 sync actor=0 dice=801353 steps=100
44 set actor=0 about=1 dice=628400
51 set actor=0 about=1 dice=251489
56 merge actor=office about=2 with=1 dice=276778
64 merge actor=0 about=54 with=2 dice=674839
