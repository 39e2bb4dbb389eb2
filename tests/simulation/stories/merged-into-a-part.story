# With somebody else: a contact who had been merged into one who was a part of another by then, which nobody there knew.
# When that one was taken out of the other again, the contact stayed behind.
seed=8510663 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=285127
2 meet actor=0 dice=602750
9 meet actor=0 with=1 dice=341595
18 sync actor=0 dice=708827 steps=1
21 merge actor=0 about=2 with=9 dice=135604
27 merge actor=office about=24 with=1 dice=807480
30 sync actor=1 dice=824755 steps=2
31 unmerge actor=1 about=1 dice=194087
