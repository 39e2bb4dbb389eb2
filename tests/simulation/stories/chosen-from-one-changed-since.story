# Lost at the kept contact: a phone number that somebody wrote for one who was merged. A second device had merged the same
# two and chosen the number of before.
seed=900895 devices=2 page=1000 old=0
1 meet actor=1 dice=505244
2 meet actor=0 dice=527626
5 sync actor=0 dice=485201 steps=1
8 sync actor=0 dice=4695 steps=1
38 sync actor=1 dice=780200 steps=100
40 sync actor=0 dice=459182 steps=2
48 merge actor=1 about=2 with=2 dice=85939
52 merge actor=0 about=2 with=1 dice=752109
54 set actor=office about=1 dice=752859
