"""Identifiers of people, companies, cards and phones; each module: `parse`, `valid`, `mask`, `why_invalid`.

`parse` returns a frozen value or raises `DataError`; `why_invalid` returns the same reason as a value; neither puts an
unmasked identifier into a message. What is odd but allowed is a note on the value (a catalogue key), not a refusal.
"""
