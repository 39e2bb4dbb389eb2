# With merges: Ana deleted a contact whom she had merged with another one; Ben had written on and taken the other one out
# meanwhile. The contact stayed, and the other one's follow-up went to the trash by itself.
seed=450002527 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=655621
2 meet actor=0 dice=514708
3 meet actor=0 dice=576938
9 merge actor=0 about=3 with=2 dice=998250
10 sync actor=1 dice=753323 steps=1
18 sync actor=0 dice=654184 steps=1
20 trash actor=0 about=3 dice=866833
21 sync actor=1 dice=254533 steps=1
28 sync actor=1 dice=439266 steps=2
31 set actor=1 about=3 dice=5203
35 unmerge actor=1 about=3 dice=488540
36 sync actor=1 dice=36899 steps=100
41 sync actor=0 dice=271297 steps=100
50 merge actor=0 about=3 with=3 dice=486311
68 resolve actor=0 dice=65006
72 unmerge actor=0 about=59 dice=835788
