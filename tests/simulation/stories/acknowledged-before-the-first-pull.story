# The server took a new device's first changes and went back to a backup before the device had ever pulled: they were
# never said again.
seed=762 devices=2 page=1000 old=0
8 meet actor=0 dice=679578
24 copy actor=office dice=99514
25 sync actor=0 dice=6555 steps=2
33 return actor=office dice=771902
