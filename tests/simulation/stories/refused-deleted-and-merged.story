# Back: that somebody was at a visit. Ana said it of a visit that had been submitted, which was refused, took it back,
# and merged the contact: what the merge had moved in the trash was said to the server as a whole record, and lived.
seed=905499 devices=2 page=1000 old=0
1 meet actor=0 dice=815601
3 meet actor=0 dice=383827
23 sync actor=0 dice=92479 steps=1
25 submit actor=office about=1 dice=626519
30 attend actor=0 about=1 with=3 dice=444823
35 attend actor=0 about=1 with=1 dice=779716
46 sync actor=0 dice=548725 steps=2
60 merge actor=0 about=1 with=1 dice=532138
