# Twice there: a contact at a visit, of two who were there and were made one. Another merge was undone that the visit had
# come with; as it went back into its own territory, with those at it, the one that was kept once counted as given back.
seed=120035329 devices=2 page=1000 old=0 push=0
1 meet actor=office dice=8747
2 meet actor=1 with=1 dice=536787
3 meet actor=0 dice=796471
4 sync actor=0 dice=8502 steps=100
6 join actor=office dice=564801
29 merge actor=0 about=2 with=1 dice=351751
31 unmerge actor=0 about=1 dice=316979
44 sync actor=1 dice=90066 steps=100
45 sync actor=0 dice=425543 steps=1
55 attend actor=1 about=1 with=1 dice=221807
64 merge actor=1 about=56 with=56 dice=465191
67 assign actor=office about=1 dice=360169
71 merge actor=1 about=56 with=1 dice=887238
72 sync actor=1 dice=211429 steps=2
75 unmerge actor=1 about=1 dice=621406
