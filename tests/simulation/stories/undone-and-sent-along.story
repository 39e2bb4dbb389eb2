# In two hands: of two contacts that Ana had imported, one was refused for its specialty, which was told after it; she undid its
# address, and imported a list that says more of the contact. All that was refused went along with that once more, and the
# address was back.
seed=6008 devices=2 page=1000 old=0
4 import actor=0 dice=751163
5 sync actor=0 dice=446185 steps=2
31 mend actor=0 dice=883174
39 import actor=0 dice=58339
