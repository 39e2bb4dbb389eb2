# The server went back to a backup from before the record; the deletion came first, found nothing and was answered as
# done. When the record was said again, its deletion counted as done before, and the record was back.
seed=5124 devices=2 page=1000 old=0
1 meet actor=1 dice=908991
4 copy actor=office dice=842919
13 sync actor=1 dice=489550 steps=2
17 return actor=office dice=21287
20 delete actor=1 about=1 dice=270333
