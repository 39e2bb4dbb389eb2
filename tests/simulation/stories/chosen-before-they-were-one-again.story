seed=51002713 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=625400
2 meet actor=1 with=1 dice=379673
3 meet actor=0 with=2 dice=41097
16 specialty actor=1 about=1 dice=968384
17 merge actor=1 about=2 with=2 dice=768822
18 sync actor=1 dice=857914 steps=1
25 sync actor=0 dice=161449 steps=100
28 specialty actor=0 about=3 dice=829020
37 unmerge actor=1 about=1 dice=210915
42 merge actor=1 about=3 with=2 dice=175202
47 merge actor=0 about=2 with=3 dice=385617
