# Ben discarded an edit that was refused: on his device the record was last changed then, and not on the server.
seed=94128607 devices=2 page=1000 old=0 push=0
3 meet actor=1 dice=436530
15 meet actor=0 dice=104435
20 sync actor=1 dice=32074 steps=1
27 sync actor=0 dice=361332 steps=100
29 specialty actor=0 about=3 dice=740239
42 sync actor=0 dice=277808 steps=1
49 sync actor=1 dice=899004 steps=100
50 merge actor=0 about=15 with=3 dice=532716
53 sync actor=0 dice=957307 steps=2
57 specialty actor=1 about=15 dice=639386
60 sync actor=1 dice=317944 steps=2
62 mend actor=1 dice=611835
