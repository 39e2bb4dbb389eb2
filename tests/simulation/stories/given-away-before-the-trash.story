# An appointment that Ana gave to another contact as she took two apart stays in the trash with that one, when she takes
# them apart once more.
seed=670009651 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=941518
3 meet actor=0 dice=648414
15 merge actor=0 about=1 with=3 dice=276792
42 book actor=0 about=1 dice=731192
47 unmerge actor=0 about=2 dice=196551
65 merge actor=0 about=2 with=2 dice=166610
71 trash actor=0 about=3 dice=217010
74 unmerge actor=0 about=26 dice=901463
