seed=140023051 devices=2 page=1000 old=0 push=4
1 meet actor=0 dice=383891
2 meet actor=0 dice=864061
3 meet actor=0 dice=631418
11 merge actor=0 about=2 with=3 dice=716582
13 merge actor=0 about=2 with=2 dice=153420
15 unmerge actor=0 about=1 dice=755177
22 sync actor=0 dice=107439 steps=7
26 unmerge actor=0 about=1 dice=752745
27 specialty actor=0 about=2 dice=695738
28 merge actor=0 about=3 with=1 dice=597034
29 unmerge actor=0 about=1 dice=235712
33 merge actor=0 about=1 with=2 dice=442932
34 enrol actor=0 about=1 dice=331980
35 attend actor=0 about=1 with=2 dice=260468
36 sync actor=0 dice=368039 steps=9
37 unmerge actor=0 about=3 dice=988665
40 specialty actor=office about=3 dice=850501
41 merge actor=0 about=2 with=2 dice=2292
42 merge actor=0 about=3 with=3 dice=439337
49 sync actor=0 dice=385869 steps=10
51 sync actor=1 dice=949399 steps=100
57 merge actor=1 about=3 with=1 dice=180692
60 sync actor=1 dice=479314 steps=1
