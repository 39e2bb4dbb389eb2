# A visit was deleted, and led to another contact by a merge before the deletion was answered: the answer showed it again
# as if it had been edited, and the rep went on with what they had deleted.
seed=953473 devices=2 page=1000 old=0
1 meet actor=1 dice=432316
3 meet actor=1 with=2 dice=55476
7 type actor=1 about=1 dice=803209
15 delete actor=1 about=1 dice=703305
16 sync actor=1 dice=630823 steps=1
27 merge actor=1 about=3 with=2 dice=994799
37 sync actor=1 dice=820248 steps=1
43 rewrite actor=1 about=1 dice=462210
