"""What is true of families, referrals, consents and courses, told in the words of the field.

A municipality *refers* a family; Red Barnet *receives* it in a course. What the family tells the leader is a *note* in
*parts*; each part is *disclosed* to the volunteers only while a *consent* says so. Nothing here knows a clock, a
database, a key or who may see what. Facts are past and never change; decisions return facts; `evolve` never refuses.
No decision needs a personal value from the past, so that erasing a person cannot break a case.
"""
