# Gone: the follow-up of a contact whom Ben's edit had brought back. The office had deleted the contact alone, and Ana, who
# had not heard of it, all of it: two deletions, of which only the first one was taken back.
seed=23008757 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=67925
2 sync actor=0 dice=718615 steps=1
3 sync actor=1 dice=308555 steps=2
23 trash actor=0 about=1 dice=772661
31 set actor=1 about=1 dice=442070
38 delete actor=office about=1 dice=704014
