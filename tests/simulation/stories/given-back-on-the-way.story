# Not theirs: the name of a contact. Cleo had given it to a second one, whom Ana had merged into a third one meanwhile;
# Cleo took that back, the second one had their own name again, and the third one still the first one's.
seed=9710871 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=137357
2 meet actor=2 with=1 dice=286110
3 meet actor=1 with=1 dice=65062
24 sync actor=2 dice=237238 steps=1
32 sync actor=1 dice=939006 steps=1
34 sync actor=0 dice=241231 steps=100
43 merge actor=2 about=3 with=1 dice=172753
59 merge actor=0 about=3 with=3 dice=183700
69 merge actor=0 about=51 with=3 dice=945038
80 unmerge actor=2 about=1 dice=741451
81 unmerge actor=0 about=1 dice=846451
