# Back from the trash: a follow-up that Ben had thrown away. What he had saved together with it was refused, as somebody
# was out of sight; he went on with the contact, and all that was refused went along with that once more.
seed=923273 devices=2 page=1000 old=0 push=0
1 meet actor=1 dice=845452
12 sync actor=1 dice=242416 steps=2
15 assign actor=office about=1 dice=242416
31 meet actor=1 with=1 dice=45886
32 sync actor=1 dice=1 steps=2
33 delete actor=1 about=31 dice=140891
34 set actor=1 about=31 dice=596853
46 join actor=office dice=940370
