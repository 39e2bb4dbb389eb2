# A physician's page was with a stranger. Ana had merged its contact into a second one and that one into a third, and the
# office the contact into the third meanwhile. The server took her word that the page had come to the third from the
# second, and gave it to that one when it was taken out again.
seed=9521066 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=463127
2 meet actor=0 dice=463128
3 meet actor=0 dice=463129
4 sync actor=0 dice=166189 steps=100
5 specialty actor=0 about=1 dice=685536
10 merge actor=0 about=2 with=1 dice=747432
14 merge actor=0 about=3 with=2 dice=172597
16 merge actor=office about=3 with=1 dice=850355
34 unmerge actor=0 about=2 dice=853557
