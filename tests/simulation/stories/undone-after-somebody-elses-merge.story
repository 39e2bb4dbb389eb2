# Lost: a contact's name. A rep undid a merge of hers, by which she had given another contact two names; they were hers,
# but taken for what the rep had done who had merged that contact into a third one, which then took over the first name.
seed=5000626 devices=3 page=1000 old=0 push=0
1 meet actor=2 dice=808390
2 meet actor=2 with=1 dice=485474
3 meet actor=2 dice=822876
19 merge actor=2 about=2 with=3 dice=388994
27 meet actor=2 dice=882440
28 sync actor=2 dice=728910 steps=1
32 merge actor=2 about=27 with=3 dice=196501
34 sync actor=1 dice=517058 steps=2
39 sync actor=2 dice=74756 steps=2
41 merge actor=1 about=1 with=2 dice=305504
51 unmerge actor=2 about=1 dice=946220
57 merge actor=2 about=2 with=3 dice=326289
62 merge actor=1 about=27 with=27 dice=985439
63 unmerge actor=2 about=3 dice=961624
64 sync actor=1 dice=83626 steps=1
