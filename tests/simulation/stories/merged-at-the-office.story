# The office merged two contacts over REST, which gave the kept one no new revision: whoever deleted that without
# knowing of the merge deleted both.
seed=31717 devices=2 page=1000 old=0
1 meet actor=1 dice=653011
17 meet actor=1 dice=479309
26 sync actor=1 dice=61016 steps=2
29 merge actor=office about=1 with=17 dice=13559
30 sync actor=1 dice=785707 steps=1
34 delete actor=1 about=1 dice=419581
