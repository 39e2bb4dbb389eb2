# A fault of the check: Ana took a telephone number from one whom she merged, and took that back; asked about it later, she
# chose that number for the contact herself, and not what Ben had made of it for the other one.
seed=9674823 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=88648
2 meet actor=0 with=1 dice=349727
30 sync actor=0 dice=284781 steps=1
39 meet actor=0 with=1 dice=412937
40 merge actor=0 about=39 with=1 dice=212045
43 merge actor=0 about=39 with=39 dice=416962
48 sync actor=1 dice=582269 steps=100
49 set actor=1 about=1 dice=128295
50 unmerge actor=0 about=1 dice=323265
54 sync actor=1 dice=182199 steps=1
60 merge actor=0 about=39 with=39 dice=824876
65 sync actor=0 dice=958100 steps=100
72 resolve actor=0 dice=271487
