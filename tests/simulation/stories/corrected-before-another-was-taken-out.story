# Not led: a name that was corrected about a merged contact. The kept one had another's name at that time; when that one
# was taken out again, it got back the name from before the correction.
seed=3003276 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=457696
2 meet actor=1 with=1 dice=780462
3 meet actor=0 dice=398072
7 sync actor=0 dice=400365 steps=1
12 sync actor=1 dice=256007 steps=100
14 merge actor=1 about=3 with=1 dice=411646
15 merge actor=1 about=3 with=2 dice=32982
20 sync actor=1 dice=249176 steps=1
21 unmerge actor=1 about=2 dice=741418
33 set actor=0 about=1 dice=674017
