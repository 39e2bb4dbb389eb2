# With a merge: Ben deleted an attendee who was kept for two, and brought the merged one back in its place; meanwhile Ana
# had undone the merge: the attendee came back as somebody who had not been there.
seed=480051350 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=610551
2 meet actor=1 dice=844869
3 meet actor=0 dice=246173
17 sync actor=1 dice=472145 steps=1
21 sync actor=0 dice=168025 steps=100
25 attend actor=0 about=1 with=2 dice=542834
46 merge actor=0 about=2 with=2 dice=752747
55 sync actor=1 dice=405096 steps=1
61 sync actor=0 dice=215441 steps=1
70 sync actor=1 dice=117995 steps=2
73 delete actor=1 about=25 dice=360160
75 unmerge actor=0 about=3 dice=802578
79 restore actor=1 about=25 dice=879839
