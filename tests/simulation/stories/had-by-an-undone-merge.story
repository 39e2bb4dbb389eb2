# A fault of the check: what Ben said of a contact in place of a name that they had by a merge which was undone is not
# what somebody chose who merged the one whose name it was into a third, even if Ana merged both.
seed=9511391 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=619009
2 meet actor=0 dice=154487
3 meet actor=1 dice=313562
7 sync actor=1 dice=835271 steps=1
9 sync actor=0 dice=267586 steps=100
21 sync actor=1 dice=390541 steps=100
33 merge actor=1 about=1 with=2 dice=711275
43 set actor=1 about=1 dice=962605
44 unmerge actor=1 about=1 dice=471719
51 merge actor=0 about=2 with=2 dice=750288
54 merge actor=1 about=3 with=2 dice=161851
55 merge actor=0 about=3 with=3 dice=317514
58 sync actor=1 dice=305209 steps=1
