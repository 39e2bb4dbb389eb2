# A physician's page was with a stranger. Ben merged its contact into a second one, which came second, as Ana had merged the
# contact elsewhere, and that one into a third. The server took his word that the page had come to the third from the
# second, and gave it to that one when it was taken out again.
seed=6021292 devices=2 page=1000 old=0
1 meet actor=1 dice=470674
2 meet actor=1 dice=787199
3 meet actor=0 dice=11
21 sync actor=1 dice=102998 steps=100
22 meet actor=1 dice=142677
52 sync actor=0 dice=937749 steps=100
59 specialty actor=1 about=1 dice=577061
72 merge actor=0 about=3 with=1 dice=159877
73 merge actor=1 about=22 with=1 dice=628418
74 merge actor=1 about=2 with=22 dice=263567
75 merge actor=0 about=3 with=2 dice=999259
80 unmerge actor=1 about=1 dice=745229
82 unmerge actor=1 about=22 dice=556186
