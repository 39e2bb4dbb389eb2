# Lost: a new telephone number. Ben merged two contacts and took the number of the one who goes; the server knew a newer
# one already, and the contact who stays got the old one.
seed=1768 devices=2 page=1000 old=0
1 meet actor=1 dice=468435
9 sync actor=1 dice=426029 steps=1
31 meet actor=1 dice=59044
37 sync actor=0 dice=101601 steps=100
52 set actor=0 about=1 dice=533897
60 merge actor=1 about=31 with=1 dice=297559
