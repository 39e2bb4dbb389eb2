# Ben's move of a contact to a territory that is not his is refused. He merges another one into it and takes the move back:
# what came with the merge goes back as well, and all of that is done with.
seed=320013917 devices=2 page=1000 old=0 push=0
2 meet actor=0 dice=599915
3 meet actor=1 dice=963395
9 join actor=office dice=203892
11 sync actor=0 dice=742716 steps=1
23 sync actor=1 dice=404217 steps=100
29 assign actor=1 about=3 dice=249351
31 sync actor=1 dice=241997 steps=1
35 sync actor=1 dice=487552 steps=1
62 merge actor=1 about=3 with=41 dice=956781
64 mend actor=1 dice=968576
