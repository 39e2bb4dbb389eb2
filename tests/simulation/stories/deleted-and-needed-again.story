# Ana enrols a contact and deletes the patient again, not the journey. Ben, who had made the contact a part of another one that
# was a patient, takes it out: the journey goes back to whose it is, and needs its patient.
seed=340007159 devices=2 page=1000 old=0 push=2
2 meet actor=0 dice=701604
3 meet actor=0 dice=981260
6 sync actor=0 dice=602805 steps=100
7 meet actor=1 dice=207528
12 sync actor=1 dice=868163 steps=100
14 merge actor=1 about=2 with=3 dice=134337
16 unmerge actor=1 about=3 dice=650136
17 enrol actor=1 about=2 dice=141446
18 merge actor=1 about=2 with=2 dice=894193
20 set actor=1 about=7 dice=428292
29 sync actor=1 dice=392006 steps=3
32 stage actor=1 about=17 dice=883445
33 merge actor=1 about=3 with=1 dice=147646
34 enrol actor=office about=7 dice=881579
35 unmerge actor=1 about=7 dice=251412
36 merge actor=1 about=2 with=7 dice=399645
38 enrol actor=0 about=3 dice=748901
66 sync actor=1 dice=99625 steps=7
67 unmerge actor=1 about=7 dice=112253
68 sync actor=1 dice=28952 steps=1
70 sync actor=1 dice=438762 steps=6
72 delete actor=0 about=38 dice=253406
