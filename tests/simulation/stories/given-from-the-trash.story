# With somebody who is no more: that somebody was at a visit. Ben took a contact out of another one and gave them what
# was made since. Ana had merged the other one into a third, who was there too: the server had it in the trash, where it
# named whom it had been of, came back as it was, and did not go where Ben had said.
seed=913144 devices=2 page=1000 old=0
1 meet actor=0 dice=774924
2 meet actor=1 dice=806539
7 sync actor=0 dice=342929 steps=1
23 meet actor=0 dice=681612
31 sync actor=1 dice=171360 steps=100
33 merge actor=office about=3 with=23 dice=970418
36 attend actor=1 about=1 with=1 dice=564816
49 sync actor=0 dice=77221 steps=100
61 sync actor=1 dice=813220 steps=100
62 unmerge actor=1 about=1 dice=298570
66 attend actor=0 about=1 with=3 dice=814254
68 merge actor=0 about=1 with=1 dice=516266
