# Ana had enrolled a patient, and so had Ben before he knew. He merged that patient into another one and took them apart
# again: the patient has one record, and the journeys of both.
seed=9659377 devices=2 page=1000 old=0 push=4
1 meet actor=0 dice=314560
2 meet actor=0 dice=222159
7 enrol actor=0 about=1 dice=592275
11 sync actor=0 dice=914309 steps=3
16 sync actor=1 dice=539804 steps=2
20 enrol actor=1 about=1 dice=562883
37 merge actor=1 about=3 with=2 dice=280378
43 unmerge actor=1 about=1 dice=997380
49 merge actor=1 about=2 with=2 dice=43666
