# Right: the particulars that Ana had deleted are there. Ben had merged their contact with another one, and chosen a value of
# the other one's for them: an edit, which wins.
seed=40005083 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=629899
2 meet actor=0 dice=212702
3 meet actor=office dice=549235
11 sync actor=1 dice=643150 steps=100
16 sync actor=0 dice=120355 steps=100
19 specialty actor=0 about=2 dice=859100
21 specialty actor=1 about=3 dice=918379
23 merge actor=1 about=2 with=2 dice=780895
25 sync actor=1 dice=916594 steps=1
27 merge actor=0 about=3 with=1 dice=551860
29 sync actor=0 dice=631773 steps=2
33 merge actor=0 about=3 with=3 dice=820651
35 sync actor=0 dice=489509 steps=100
51 unmerge actor=1 about=36 dice=397730
52 delete actor=0 about=21 dice=394460
53 unmerge actor=0 about=36 dice=295871
62 sync actor=1 dice=487026 steps=100
76 merge actor=1 about=36 with=1 dice=703835
