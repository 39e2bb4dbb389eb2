# Two people deleted one record, of whom one had edited it before: the other's deletion counted as an edit that had to be
# kept, and the record came back for both.
seed=1278 devices=2 page=1000 old=0
2 meet actor=0 dice=631569
21 sync actor=0 dice=961284 steps=1
22 delete actor=office about=2 dice=70514
23 type actor=0 about=2 dice=72837
25 delete actor=0 about=2 dice=150853
