# Somebody deleted an appointment of a person merged twice, and took the first merge apart: that counted as an edit,
# and the appointment came back.
seed=44261 devices=2 page=1000 old=0
1 meet actor=1 dice=834978
2 meet actor=0 dice=779661
3 meet actor=0 dice=495818
20 sync actor=1 dice=590187 steps=1
28 book actor=0 about=3 dice=732167
39 sync actor=0 dice=484951 steps=100
46 meet actor=0 dice=339663
47 merge actor=0 about=2 with=3 dice=904213
51 merge actor=0 about=50 with=50 dice=420145
55 delete actor=0 about=28 dice=895174
74 unmerge actor=0 about=3 dice=412672
