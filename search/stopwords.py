"""Words too common to ask for, as typed; the database fallback drops them from questions."""

from search.normalise import word_form

_WORDS = """
der die das den dem des ein eine einen einem einer eines und oder aber als am an auf aus bei bin
bis da damit dass dies diese dieser dieses doch du durch er es für hat hatte ich ihr im in ins ist
ja kann man mein mich mir mit nach nicht noch nur ob sein seine sich sie sind so über um uns unser
vom von vor war was wenn wer wie wir wird wo woher wohin wann warum welche welcher welches zu zum
zur
a an and are as at be but by can do for from how i if in is it my not of on or our so that the
their then there these they this to was we what when where which who why will with you your
في من على إلى عن أن إن هذا هذه ذلك التي الذي ما هل كيف أين متى لماذا مع أو ثم لا
"""

STOP_WORDS = frozenset(map(word_form, _WORDS.split()))
