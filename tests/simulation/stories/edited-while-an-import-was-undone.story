# Half a contact: an import was taken back while somebody else worked with one of its contacts, who stays for that; the
# address, the role and the physician's particulars, which had been deleted before the contact, were gone.
seed=18000787 devices=3 page=1000 old=0 push=0
23 import actor=2 dice=779064
42 sync actor=2 dice=763664 steps=1
43 sync actor=1 dice=464796 steps=100
66 import actor=1 dice=698163
68 revert actor=2 dice=260659
