# Somebody who was at a visit was out of sight, and the visit was refused until a merge had made another of them: sent as
# that one's, the attendee stayed theirs when the merge was undone.
seed=923273 devices=2 page=1000 old=0 push=2
1 meet actor=1 dice=845452
2 meet actor=1 with=1 dice=45886
12 sync actor=1 dice=295404 steps=1
15 assign actor=office about=1 dice=242416
31 set actor=1 about=2 dice=151571
43 merge actor=1 about=2 with=3 dice=289711
45 sync actor=1 dice=726221 steps=100
47 unmerge actor=1 about=1 dice=377900
55 join actor=office dice=940370
