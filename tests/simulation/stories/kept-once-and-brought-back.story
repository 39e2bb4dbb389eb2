# Somebody else's: an attendee. Ben had merged two who were at a visit, where one of them is since; the office took the other
# one out of the trash, over REST: that contact, who is no more, was at the visit again, on every device.
seed=370030955 devices=2 page=1000 old=0 push=0
12 meet actor=1 with=2 dice=33472
16 meet actor=1 dice=276388
17 meet actor=1 dice=1848
26 attend actor=1 about=17 with=3 dice=541744
30 merge actor=1 about=17 with=3 dice=583203
36 merge actor=1 about=17 with=3 dice=530701
53 sync actor=1 dice=18761 steps=1
54 restore actor=office about=26 dice=36188
