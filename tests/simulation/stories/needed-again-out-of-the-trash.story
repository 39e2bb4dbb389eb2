# With somebody else: a patient's particulars. They were in the trash with their contact when the server heard that the
# contact had been merged; a journey that was changed brought them back for the kept one, and no merge knew whose they
# were when it was undone.
seed=7022212 devices=2 page=1000 old=0 push=0
1 meet actor=0 dice=250626
3 meet actor=0 with=1 dice=976398
27 enrol actor=0 about=1 dice=823632
32 sync actor=0 dice=148624 steps=1
46 sync actor=1 dice=549784 steps=1
47 sync actor=1 dice=416796 steps=2
54 trash actor=1 about=1 dice=830458
57 merge actor=0 about=3 with=1 dice=997189
61 stage actor=0 about=27 dice=816481
72 unmerge actor=0 about=1 dice=38415
74 sync actor=1 dice=378487 steps=1
