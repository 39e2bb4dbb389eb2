# Lost: a follow-up. A contact had it from another one, who had been taken out of them, and by somebody's choice kept it.
# Merged with a third one by Ben, who took that back at once, they did not get it back: it stayed with the third one.
seed=168 devices=2 page=1000 old=0
1 meet actor=1 dice=208467
2 meet actor=0 dice=396821
3 meet actor=0 dice=370509
6 sync actor=0 dice=379960 steps=1
8 sync actor=1 dice=449686 steps=1
10 import actor=1 dice=836613
11 attend actor=0 about=2 with=1 dice=832172
12 merge actor=0 about=2 with=1 dice=40147
13 merge actor=office about=1 with=2 dice=449551
15 sync actor=0 dice=599445 steps=100
28 unmerge actor=0 about=1 dice=291773
31 merge actor=1 about=3 with=1 dice=12248
32 unmerge actor=0 about=1 dice=469345
38 unmerge actor=1 about=1 dice=483304
