# Cleo deleted what a physician is like, and took the contact of whom she had said it first out of another one. She had not
# heard that Ben had made the two one: when his merge was made anew, what she had deleted was there again.
seed=51013067 devices=3 page=1000 old=0 push=0
1 meet actor=1 dice=295799
2 meet actor=1 dice=923965
3 meet actor=0 dice=408676
25 sync actor=1 dice=392074 steps=1
29 sync actor=0 dice=225624 steps=1
30 sync actor=2 dice=70282 steps=100
31 specialty actor=2 about=2 dice=315745
35 specialty actor=2 about=3 dice=2172
43 merge actor=2 about=3 with=3 dice=468875
50 sync actor=2 dice=124847 steps=1
54 merge actor=1 about=3 with=1 dice=190775
59 delete actor=2 about=31 dice=828045
60 unmerge actor=2 about=1 dice=176926
