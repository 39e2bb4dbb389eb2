# Lost: the name that Ben chose for a contact. He took it from one to whom he had given it by a merge that came second and
# did nothing; so Ana's new name of that one counted as a change of it, and took its place.
seed=1093995 devices=2 page=1000 old=0
1 meet actor=1 dice=162070
2 meet actor=0 dice=534072
3 meet actor=0 dice=116186
4 meet actor=1 with=3 dice=10772
15 import actor=1 dice=114941
30 sync actor=1 dice=965773 steps=1
44 merge actor=1 about=4 with=4 dice=329361
45 sync actor=0 dice=640977 steps=100
47 merge actor=1 about=3 with=2 dice=576920
51 merge actor=0 about=4 with=2 dice=211093
61 merge actor=office about=3 with=3 dice=891873
