# A refused edit of a note was sent again together with the striking of all that the note said by then: merged against
# what the rep had seen before the refusal, the striking left alone what the office had written in between.
seed=933438 devices=2 page=1000 old=0
1 meet actor=1 dice=920951
5 sync actor=1 dice=690021 steps=3
18 type actor=1 about=1 dice=263696
21 type actor=office about=1 dice=494878
34 sync actor=1 dice=684436 steps=6
35 assign actor=office about=1 dice=147812
53 sync actor=1 dice=821770 steps=2
55 strike actor=1 about=1 dice=323058
69 join actor=office dice=98112
