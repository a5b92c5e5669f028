"""Checks DKIM signatures with dkimpy, for one test.

Reads lines of `RECORD MESSAGE`, both in base64, and prints for each whether
the signature in the message holds, given that record in the name server.
"""

import base64
import sys

import dkim

for line in sys.stdin:
    record, message = map(base64.b64decode, line.split())
    try:
        print(dkim.verify(message, dnsfunc=lambda name, timeout=5: record))
    except dkim.DKIMException as error:
        print(error)
