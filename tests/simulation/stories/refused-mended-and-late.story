# An edit was refused, and went through later together with what mended it. Then the network brought the refused request
# a second time, and the server took it for another change with the same number.
seed=67653 devices=2 page=1000 old=0
1 meet actor=0 dice=940937
7 sync actor=0 dice=449465 steps=2
15 strike actor=office about=1 dice=509372
18 assign actor=office about=1 dice=873240
20 type actor=0 about=1 dice=702158
37 strike actor=0 about=1 dice=309075
39 sync actor=0 dice=422973 steps=1 fate=again fate-at=1
40 assign actor=office about=1 dice=998228
48 type actor=0 about=1 dice=406909
49 sync actor=0 dice=54445 steps=2
