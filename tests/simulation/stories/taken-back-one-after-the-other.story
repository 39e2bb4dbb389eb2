# Not theirs: a visit. Ben took a contact out of another one, beneath whom two merges of Ana's stood that hung on each other:
# the second one was taken back as it had been before the first one was, and not as it was by then.
seed=52006283 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=274010
2 meet actor=1 dice=231894
3 meet actor=1 dice=385639
18 sync actor=1 dice=429489 steps=100
23 meet actor=1 with=1 dice=489003
25 sync actor=1 dice=146155 steps=2
26 sync actor=0 dice=436436 steps=1
27 specialty actor=1 about=3 dice=394632
48 sync actor=0 dice=782260 steps=2
49 specialty actor=0 about=23 dice=734661
50 merge actor=0 about=7 with=7 dice=688670
55 merge actor=0 about=3 with=1 dice=211066
57 merge actor=0 about=3 with=3 dice=665378
61 merge actor=1 about=7 with=7 dice=606240
64 sync actor=1 dice=839594 steps=1
70 unmerge actor=1 about=23 dice=499131
