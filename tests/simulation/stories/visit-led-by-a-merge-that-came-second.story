# A visit was with a stranger. Ben had merged its contact into a second one and that one into a third, which came second,
# as Ana had merged the second one into a fourth; and the third into the fourth. The server took his word that the visit
# had come to the fourth from the third, and gave it to that one when it was taken out again.
seed=9518348 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=313040
2 meet actor=0 dice=752612
3 meet actor=0 dice=338513
13 sync actor=0 dice=417516 steps=1
15 merge actor=0 about=3 with=3 dice=142501
19 meet actor=1 dice=492973
23 sync actor=1 dice=150475 steps=100
24 merge actor=0 about=19 with=1 dice=697528
40 merge actor=1 about=2 with=19 dice=78321
45 merge actor=1 about=1 with=1 dice=690497
46 merge actor=1 about=3 with=2 dice=355730
47 unmerge actor=0 about=1 dice=58862
55 unmerge actor=1 about=1 dice=671889
