# Ben chose a name with a merge that came second, and took it back; meanwhile the name had been led to another one, as it
# had been somebody else's: it stayed, and the contact's own name was lost.
seed=10031929 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=593795
2 meet actor=0 with=1 dice=574513
3 meet actor=0 dice=454105
4 sync actor=1 dice=628273 steps=1
13 sync actor=0 dice=562352 steps=100
24 merge actor=0 about=3 with=2 dice=332083 crash=device crash-at=3 after=0
30 merge actor=0 about=3 with=1 dice=136256
31 sync actor=1 dice=410568 steps=100
35 sync actor=0 dice=430104 steps=1
40 merge actor=1 about=1 with=3 dice=468773
44 unmerge actor=office about=1 dice=29028
47 merge actor=office about=2 with=2 dice=742462
48 unmerge actor=1 about=1 dice=156567
75 unmerge actor=0 about=1 dice=142790
76 sync actor=1 dice=719263 steps=1
78 unmerge actor=0 about=1 dice=894799
