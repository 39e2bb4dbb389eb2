seed=130021574 devices=2 page=1000 old=0 push=1
1 meet actor=0 dice=212183
3 meet actor=0 dice=426564
10 sync actor=0 dice=502993 steps=2
13 attend actor=0 about=1 with=1 dice=787136
14 set actor=0 about=1 dice=338247
17 type actor=0 about=1 dice=527302
21 merge actor=0 about=2 with=2 dice=157791
22 strike actor=0 about=3 dice=86535
23 type actor=0 about=1 dice=564626
24 sync actor=0 dice=524012 steps=3
26 delete actor=0 about=1 dice=367111
30 unmerge actor=0 about=1 dice=484121
34 sync actor=0 dice=748701 steps=1
50 assign actor=office about=1 dice=575514
61 sync actor=0 dice=129196 steps=7
63 sync actor=0 dice=254375 steps=1
69 join actor=office dice=208296
73 sync actor=0 dice=173143 steps=5
84 mend actor=0 dice=808790
