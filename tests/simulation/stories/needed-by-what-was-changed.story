# Ben deleted a patient, merged their contact into another one and went on with the journey, which Ana deleted meanwhile:
# the journey is kept, and so is the patient to whom it belongs, for the kept contact. The check saw no reason for it.
seed=100017975 devices=2 page=1000 old=0 push=0
2 meet actor=1 dice=431742
26 enrol actor=1 about=2 dice=771875
34 meet actor=1 with=2 dice=636031
35 delete actor=1 about=26 dice=408837
36 sync actor=1 dice=473814 steps=1
39 sync actor=0 dice=509444 steps=100
41 merge actor=1 about=20 with=1 dice=830363
46 stage actor=1 about=26 dice=60749
51 delete actor=0 about=26 dice=464587
