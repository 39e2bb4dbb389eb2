# Ben is asked about a name that he had replaced himself: he had merged two contacts, which was refused, and entered another
# name over the chosen one, which was taken. When he took them apart again, the refused merge went along as it had been.
seed=12153026 devices=2 page=1000 old=0 push=3
1 meet actor=1 dice=34175
2 meet actor=1 dice=456818
3 meet actor=1 with=1 dice=748632
4 sync actor=1 dice=324130 steps=100
12 attend actor=1 about=2 with=3 dice=251682
14 assign actor=office about=2 dice=337799
25 merge actor=1 about=1 with=3 dice=775099
26 set actor=1 about=1 dice=205102
33 unmerge actor=1 about=1 dice=908309
