# A deletion said a revision of before a restore from a backup; the server had another one under that number, with
# an edit that whoever deleted the record had not seen.
seed=43908 devices=4 page=1000 old=0
1 meet actor=2 dice=242763
30 sync actor=2 dice=121886 steps=1
31 sync actor=0 dice=257355 steps=1
38 sync actor=0 dice=13345 steps=2
48 copy actor=office dice=358836
51 set actor=0 about=1 dice=611527
52 sync actor=0 dice=771017 steps=2
56 set actor=2 about=1 dice=101014
63 delete actor=0 about=1 dice=912554
71 return actor=office dice=158425
72 sync actor=2 dice=817897 steps=1
