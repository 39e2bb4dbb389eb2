# Lost: the date that a server had decided for, on the device that wanted another one. Both changes of one record came with
# a third one that was refused, so that the groups were applied one by one: the server forgot what it had just told, and
# the last answer, which counts, did not say it.
seed=917829 devices=2 page=1000 old=0
1 meet actor=1 dice=993724
2 sync actor=1 dice=57059 steps=1
10 sync actor=0 dice=945850 steps=100
13 set actor=1 about=1 dice=466675
22 set actor=0 about=1 dice=584277
23 sync actor=0 dice=77635 steps=1
26 sync actor=1 dice=849150 steps=2
27 set actor=0 about=1 dice=812216
29 sync actor=0 dice=883766 steps=4
31 set actor=0 about=1 dice=700989
37 territory actor=0 dice=396077
40 sync actor=0 dice=821191 steps=1
41 set actor=0 about=1 dice=800235
