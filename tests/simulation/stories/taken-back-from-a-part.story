# Ben chose of both with a merge that came second, and took it back; what others had taken of it went back as well, but the
# merge by which they had taken it did not say so any more: undone, it gave nothing back.
seed=13200771 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=712696
2 meet actor=0 dice=98404
3 meet actor=0 dice=997421
4 sync actor=0 dice=513687 steps=2
7 meet actor=0 dice=896281
15 sync actor=1 dice=694742 steps=1
17 sync actor=0 dice=434674 steps=100
26 merge actor=0 about=3 with=7 dice=166856
27 sync actor=1 dice=53505 steps=100
29 merge actor=0 about=7 with=3 dice=593313
30 merge actor=0 about=7 with=2 dice=375832
39 merge actor=office about=3 with=37 dice=827514
40 merge actor=1 about=37 with=2 dice=970538
41 unmerge actor=1 about=1 dice=102202
49 sync actor=0 dice=643322 steps=1
70 sync actor=1 dice=691002 steps=1
72 sync actor=0 dice=288668 steps=100
75 unmerge actor=0 about=3 dice=214427

