# A record left a rep's territory before they saw a conflict about it: it went with their side of the conflict.
seed=202423 devices=2 page=1000 old=0
1 meet actor=1 dice=748973
6 sync actor=1 dice=884049 steps=1
10 sync actor=0 dice=303977 steps=100
19 set actor=1 about=1 dice=346821
26 set actor=0 about=1 dice=108086
27 sync actor=1 dice=188520 steps=2
36 sync actor=0 dice=726190 steps=1
38 assign actor=office about=1 dice=610725
