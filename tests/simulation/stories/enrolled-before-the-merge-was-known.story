# A rep enrolled a contact as a patient who had been merged meanwhile. The contacts were taken apart again by the same rep,
# and the patient, about whom nobody is asked, stayed with a stranger.
seed=874 devices=2 page=1000 old=0
1 meet actor=0 dice=345610
2 meet actor=1 dice=570836
13 sync actor=0 dice=488960 steps=1
16 sync actor=1 dice=23932 steps=100
34 enrol actor=0 about=1 dice=312251
35 merge actor=1 about=22 with=2 dice=380540
38 sync actor=1 dice=123869 steps=1
47 sync actor=0 dice=727938 steps=100
56 unmerge actor=0 about=1 dice=581061
