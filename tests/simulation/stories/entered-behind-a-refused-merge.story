# Lost: a telephone number. A merge was refused, as what was saved before had been submitted; sent again, it came to
# nothing, as somebody else had merged the contact first, and with it went the number that was entered afterwards.
seed=5031473 devices=3 page=1000 old=0 push=3
1 meet actor=1 dice=833428
2 meet actor=2 dice=81348
3 meet actor=2 dice=964869
10 set actor=2 about=2 dice=998323
14 sync actor=2 dice=924069 steps=1
37 merge actor=2 about=3 with=3 dice=863945
40 set actor=2 about=3 dice=190525
45 sync actor=1 dice=593791 steps=100
56 submit actor=1 about=2 dice=998001
65 merge actor=1 about=3 with=2 dice=270624
