# Ana takes a contact out of one whom Ben has thrown away meanwhile: what the merge had given that one goes from it, which takes
# nothing out of the trash.
seed=370008784 devices=2 page=1000 old=0 push=0
2 meet actor=0 with=1 dice=702961
3 meet actor=1 dice=359573
8 sync actor=0 dice=271140 steps=1
9 set actor=0 about=2 dice=52942
19 sync actor=1 dice=757528 steps=100
20 merge actor=1 about=3 with=2 dice=991157
22 sync actor=0 dice=461523 steps=2
23 sync actor=1 dice=534855 steps=100
25 sync actor=0 dice=123310 steps=1
26 sync actor=0 dice=803948 steps=1
27 sync actor=0 dice=635496 steps=1
28 trash actor=1 about=3 dice=238560
29 unmerge actor=0 about=1 dice=392811
35 sync actor=1 dice=477045 steps=1
