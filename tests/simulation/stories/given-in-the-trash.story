# An appointment: Ana had merged a contact into another one, booked it, and thrown both away with a third one; Ben, who
# did not know, took the first out, and said that the appointment is theirs. They came back, and it stayed in the trash.
seed=631027123 devices=2 page=1000 old=0 push=0
2 meet actor=0 with=1 dice=352971
3 meet actor=0 dice=516132
5 meet actor=1 dice=552765
13 sync actor=1 dice=971631 steps=2
17 merge actor=0 about=5 with=5 dice=178696
20 book actor=0 about=2 dice=361446
24 sync actor=0 dice=570722 steps=100
25 sync actor=1 dice=882250 steps=2
28 merge actor=0 about=5 with=5 dice=600485
40 trash actor=0 about=5 dice=779522
53 restart actor=1 dice=32027
54 unmerge actor=1 about=29 dice=583635
55 sync actor=0 dice=562439 steps=1
56 sync actor=0 dice=151056 steps=2
61 sync actor=1 dice=935094 steps=1
70 sync actor=0 dice=305674 steps=2
73 unmerge actor=0 about=2 dice=411144
