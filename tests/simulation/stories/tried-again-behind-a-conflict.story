# Ben has merged two contacts into one, and chosen a name each time; the first merge was refused, the second met another
# name. He tries the first one again: its name is not what he sees, which he is asked about since the second.
seed=631024950 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=887925
3 meet actor=1 with=1 dice=47557
11 meet actor=office dice=498754
28 sync actor=1 dice=247439 steps=100
32 sync actor=0 dice=383605 steps=100
33 strike actor=0 about=1 dice=797757
49 merge actor=1 about=11 with=7 dice=134262
51 sync actor=0 dice=525438 steps=1
57 merge actor=1 about=7 with=3 dice=419473
61 clock actor=1 dice=858462
67 sync actor=1 dice=115400 steps=5
72 mend actor=1 dice=859164
